import { expect, test } from "vitest";
import { readFlags } from "../../local/flags.ts";

const URL = "postgres://me@127.0.0.1:5432/mine";

test("--reset is heard with -- before it, and as npm 10 and 11 keep it without", () => {
  expect(readFlags([], {})).toEqual({ reset: false, open: false, database_url: undefined });
  expect(readFlags(["--reset"], {})).toMatchObject({ reset: true });
  expect(readFlags([], { npm_config_reset: "true" })).toMatchObject({ reset: true });
  // npm's words for --reset=false and --no-reset.
  expect(readFlags([], { npm_config_reset: "" })).toMatchObject({ reset: false });
});

test("--open is heard with -- before it, and as npm 10 and 11 keep it without", () => {
  expect(readFlags(["--open"], {})).toMatchObject({ open: true });
  expect(readFlags(["--open", "--database", URL], {})).toMatchObject({ open: true });
  expect(readFlags([], { npm_config_open: "true" })).toMatchObject({ open: true });
});

test("--database is heard with -- before it, and as npm 10 and 11 keep it without", () => {
  for (const [args, environment] of [
    [["--database", URL], {}],
    [[`--database=${URL}`], {}],
    [[URL], { npm_config_database: "true" }],
    [[], { npm_config_database: URL }],
  ] as const)
    expect(readFlags([...args], environment)).toEqual({ reset: false, open: false, database_url: URL });
});

test.for([
  [["--database", "mysql://db.example.org/loaf"], "--database must be a postgres:// URL such as postgresql://"],
  [["--database"], "--database"],
  [["--reset", "--database", URL], "Leave out --database."],
  [["--rest"], "--rest"],
  [["reset"], "reset"],
] as const)("%j is refused by name", ([args, problem]) => {
  expect(() => readFlags([...args], {})).toThrow(problem);
});
