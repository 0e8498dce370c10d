import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ACTIONS, ALL_CODES, isErrorCode, meaningOf } from "../cli/error-actions.ts";
import { FRONTENDS_DOC, withErrors } from "../cli/frontends-doc.ts";
import { ERROR_CODES } from "../src/http/error-codes.ts";
import { links } from "../src/http/frontend-links.ts";
import { NextStep } from "../src/people/next-step.ts";
import { routes } from "../src/routes.ts";

const doc = readFileSync(FRONTENDS_DOC, "utf8");
const sources = [...globSync("src/**/*.ts"), ...globSync("migrations/*.sql")]
  .filter((file) => !file.endsWith("error-codes.ts"))
  .map((file) => readFileSync(file, "utf8"));

test("docs/frontends.md has every code: npm run docs:errors writes them", () => {
  expect(withErrors(doc)).toBe(doc);
  for (const code of ALL_CODES) expect(doc).toContain(`| \`${code}\` |`);
});

test("every code that is listed is one that the source answers", () => {
  const named = new Set(sources.flatMap((text) => text.match(/(?<=["'])[a-z_]+(?=["'])/g)));
  expect(ALL_CODES.filter((code) => !named.has(code))).toEqual([]);
});

test("a code stands in the source with its own status", () => {
  const pairs = sources.flatMap((text) => [...text.matchAll(/\b([45]\d\d),\s*["']([a-z]+(?:_[a-z0-9]+)+)["']/g)]);
  expect(pairs.length).toBeGreaterThan(100);
  const wrong = pairs
    .map(([, status, code = ""]) => ({ status: Number(status), code }))
    .filter(({ status, code }) => !isErrorCode(code) || !meaningOf(code).statuses.includes(status));
  expect(wrong).toEqual([]);
});

test("codes stand in order, and tell a client something to do", () => {
  expect(ALL_CODES).toEqual(ALL_CODES.toSorted());
  for (const [, action] of Object.values(ERROR_CODES)) expect(ACTIONS).toHaveProperty(action);
});

test("docs/frontends.md names each page of a frontend that emails and Stripe lead to, and no other", () => {
  const settings = { API_URL: "https://api.test", FRONTEND_URL: "https://frontend.test", TURNSTILE_SECRET: undefined };
  const pages = Object.values(links)
    .map((link) => link(settings, ""))
    .filter((url) => url?.startsWith(settings.FRONTEND_URL))
    .map((url) => (url ?? "").slice(settings.FRONTEND_URL.length).replace(/\{.*\}$/, ""));
  const named = [...doc.matchAll(/^\| `(\/[^`]*)` \|/gm)].map(([, path]) => path);
  expect(named.toSorted()).toEqual([...new Set(pages)].toSorted());
});

test("docs/frontends.md tells people who paid by a route that needs no sign-in, as many donors have no account", () => {
  const section = doc.split("## After a payment")[1]?.split("## ")[0] ?? "";
  const [, path] = /`GET (\/api\/[\w/]+)\?session_id=/.exec(section) ?? [];
  expect(routes.find((route) => route.path === path)?.access.kind).toBe("open");
});

test("the docs name every next step, and frontends.md the page for it", () => {
  const sign_in = readFileSync("docs/sign-in.md", "utf8");
  const steps = NextStep.shape.code.options;
  for (const code of steps) expect(sign_in).toContain(`| \`${code}\` |`);
  const section = doc.split("## What to do next")[1]?.split("## ")[0] ?? "";
  expect([...section.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code)).toEqual(steps);
  const source = readFileSync("src/people/next-step.ts", "utf8");
  for (const [, path] of source.matchAll(/(?:url: |MEMBERSHIP = )"(\/\w+)"/g))
    expect(section).toContain(`| \`${path}\` |`);
});
