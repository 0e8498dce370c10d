import { describe, expect, test } from "vitest";
import { mayBeEmpty } from "../../src/http/body.ts";
import { type Route, success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { call, outcome } from "../harness/client.ts";
import { exampleOf, nameOf } from "./examples.ts";
import { checkSlash } from "./slash.ts";

const named = (list: readonly Route[]) => list.map((route) => [nameOf(route), route] as const);
const ID = "00000000-0000-4000-8000-000000000000";
describe.concurrent("an address with a slash at its end is the same address", () => {
  // The paths of all routes are asked for below. `npm run test:exhaustive` makes a valid call of each.
  test.each(named(routes.filter((_, index) => index % 4 === 0)))("%s", (_, route) => checkSlash(route));

  test.each(["/openapi.json", "/docs", "/redoc", "/docs/swagger-ui.css"])("%s", async (path) => {
    const [plain, slashed] = [await call("GET", path), await call("GET", `${path}/`)];
    expect([slashed.status, slashed.text]).toEqual([200, plain.text]);
    expect(slashed.headers.get("Content-Type")).toBe(plain.headers.get("Content-Type"));
  });

  test.each([...new Set(routes.map(({ path }) => path))])("%s: for methods that it does not have", async (path) => {
    const address = path.replaceAll(/\{\w+\}/g, ID);
    const [plain, slashed] = [await call("PATCH", address), await call("PATCH", `${address}/`)];
    expect([outcome(slashed), slashed.headers.get("Allow")]).toEqual([outcome(plain), plain.headers.get("Allow")]);
    expect(slashed.status).toBe(405);
    expect(outcome(await call("GET", `${address}//`))).toEqual([404, "not_found"]);
    expect(outcome(await call("GET", `${address}/no/such/thing/`))).toEqual([404, "not_found"]);
  });
});

describe.concurrent("a body whose fields all have defaults may be left out", () => {
  const optional = routes.filter(({ request }) => request?.body && mayBeEmpty(request.body));

  test("there are such bodies", () => {
    expect(optional.map(nameOf)).toContain("post /api/admin/subscriptions/{id}/cancel");
  });

  const nothing = {
    "without a Content-Type": {},
    "with that of JSON": { "Content-Type": "application/json" },
    "with that of text": { "Content-Type": "text/plain;charset=UTF-8" },
  };
  describe.each(Object.entries(nothing))("%s", (_, headers) => {
    test.each(named(optional))("%s", async (_, route) => {
      const { path, token } = await exampleOf(route);
      const answer = await call(route.method.toUpperCase(), path, { token, headers });
      expect(answer.status).toBe(success(route).status);
    });
  });

  test.each(named(optional))("%s: a body of another type is still refused", async (_, route) => {
    const { path, token } = await exampleOf(route);
    const headers = { "Content-Type": "text/plain" };
    const answer = await call(route.method.toUpperCase(), path, { token, headers, body: "{}" });
    expect(outcome(answer)).toEqual([415, "unsupported_media_type"]);
  });

  test.each(named(routes.filter(({ request }) => request?.body && !mayBeEmpty(request.body))))(
    "%s: not where a field is needed",
    async (_, route) => {
      const { path, token } = await exampleOf(route);
      const answer = await call(route.method.toUpperCase(), path, { token });
      expect(outcome(answer)).toEqual([415, "unsupported_media_type"]);
    },
  );
});
