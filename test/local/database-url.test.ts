import { expect, test } from "vitest";
import { givenDatabase, isSameDatabase } from "../../local/database-url.ts";

test("a database is the same at Neon's pooler, whatever the login", () => {
  const direct = "postgres://owner:a@ep-quiet-1.eu-central-1.aws.neon.tech/loaf";
  expect(isSameDatabase(direct, "postgres://app:b@ep-quiet-1-pooler.eu-central-1.aws.neon.tech:5432/loaf")).toBe(true);
  for (const other of ["ep-loud-2.eu-central-1.aws.neon.tech/loaf", "ep-quiet-1.eu-central-1.aws.neon.tech/staging"])
    expect(isSameDatabase(direct, `postgres://owner:a@${other}`)).toBe(false);
});

test("a database comes in a variable, or without a password in a flag", () => {
  const secret = "postgres://owner:s3cret@db.example/loaf";
  const open = "postgres://owner@db.example/loaf";
  const given = (flag: string | undefined, variable?: string) =>
    givenDatabase("--from", flag, "OLD_DATABASE_URL", { OLD_DATABASE_URL: variable });
  expect(given(undefined)).toBeUndefined();
  expect(given(undefined, secret)).toEqual({ name: "OLD_DATABASE_URL", url: secret });
  expect(given(open)).toEqual({ name: "--from", url: open });
  expect(() => given(open, secret)).toThrow("--from and OLD_DATABASE_URL both name a database.");
  expect(() => given(undefined, "mysql://db.example/loaf")).toThrow("OLD_DATABASE_URL must be a postgres:// URL");
  for (const flag of [secret, `${open}?password=s3cret`])
    expect(() => given(flag)).toThrow(/^--from has a password.*read -rs OLD_DATABASE_URL && export OLD_DATABASE_URL$/);
});
