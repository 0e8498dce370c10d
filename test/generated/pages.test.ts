import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { routes } from "../../src/routes.ts";

/** Pages whose addresses the browser's tests get from a link or a form. */
const BY_LINK_OR_FORM = ["/api/auth/verify-email/not-me", "/api/door/", "/api/checkout/", "/api/pay/"];

/** The same page, for whoever looks after donations. */
const SAME_AS_MINE = ["/api/admin/users/", "/api/admin/donations/statement"];

test("every page is looked at in a browser", () => {
  const looked = globSync("test/browser/*.test.ts")
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const pages = routes.filter(({ page, ask }) => page || ask).map(({ path }) => path.split("{")[0] ?? path);
  expect(pages.length).toBeGreaterThan(20);
  const known = [...BY_LINK_OR_FORM, ...SAME_AS_MINE];
  expect(pages.filter((path) => !looked.includes(path) && !known.some((each) => path.startsWith(each)))).toEqual([]);
});
