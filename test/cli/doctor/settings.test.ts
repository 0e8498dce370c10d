import { expect, test } from "vitest";
import { fitting, known, valid } from "../../../cli/doctor/settings.ts";
import { linesOf, seeing, VARS } from "./stand-in.ts";

test("correct settings pass", async () => {
  for (const check of [valid, known, fitting])
    expect(await linesOf(check, seeing({ names_in_file: Object.keys(VARS) }))).toEqual([["ok", expect.any(String)]]);
});

test("each setting that is missing or wrong has a line", async () => {
  const vars = { MAIL_API_KEY: "", API_URL: "api.loaf.example", SENTRY_DSN: "https://sentry.example" };
  expect(await linesOf(valid, seeing({ target: "local" }, { ...vars, ENVIRONMENT: "development" }))).toEqual([
    ["wrong", "API_URL must be an http(s) URL such as https://api.example.org"],
    ["wrong", "MAIL_API_KEY is missing"],
    ["wrong", "SENTRY_DSN must be a DSN such as https://key@o1.ingest.sentry.io/1"],
  ]);
});

test("what only the deployed Worker knows is not wrong because it was not given", async () => {
  const unknown = { JWT_SECRET: "", SECOND_FACTOR_KEY: "", MAIL_WEBHOOK_SECRET: "", CORS_ORIGINS: "" };
  expect(await linesOf(valid, seeing({}, { ...unknown, MAIL_FROM_EMAIL: "nobody" }))).toEqual([
    ["wrong", "MAIL_FROM_EMAIL must be an email address"],
    ["not checked", "not given: JWT_SECRET, SECOND_FACTOR_KEY"],
  ]);
  expect(await linesOf(fitting, seeing({}, unknown))).toEqual([
    ["not checked", "CORS_ORIGINS was not given"],
    ["not checked", "MAIL_WEBHOOK_SECRET was not given"],
  ]);
});

test("settings of another environment are noticed", async () => {
  expect(await linesOf(valid, seeing({ target: "staging" }))).toEqual([["wrong", "ENVIRONMENT is production"]]);
});

test("a name in the file that nothing reads is noticed", async () => {
  const seen = seeing({ names_in_file: ["JWT_SECRET", "STRIPE_WEBHOK_SECRET"] });
  expect(await linesOf(known, seen)).toEqual([["wrong", "nothing reads STRIPE_WEBHOK_SECRET"]]);
});

test.each([
  [{ API_URL: "http://api.loaf.example" }, "API_URL is not encrypted"],
  [{ MAIL_API_BASE: "http://127.0.0.1:8025" }, "MAIL_API_BASE names this machine"],
  [{ DATABASE_URL: "postgres://loaf_api:x@localhost/loaf" }, "DATABASE_URL names this machine"],
  [{ SECOND_FACTOR_KEY: VARS.JWT_SECRET }, "JWT_SECRET and SECOND_FACTOR_KEY are the same"],
  [{ CORS_ORIGINS: "https://other.example" }, "CORS_ORIGINS does not name FRONTEND_URL's origin"],
  [{ MAIL_ALLOWED: "@loaf.example" }, "MAIL_ALLOWED is set"],
])("%j does not fit production", async (vars, about) => {
  expect(await linesOf(fitting, seeing({}, vars as Record<string, string>))).toEqual([["wrong", about]]);
});
