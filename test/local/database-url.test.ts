import { expect, test } from "vitest";
import { isSameDatabase } from "../../local/database-url.ts";

test("a database is the same at Neon's pooler, whatever the login", () => {
  const direct = "postgres://owner:a@ep-quiet-1.eu-central-1.aws.neon.tech/loaf";
  expect(isSameDatabase(direct, "postgres://app:b@ep-quiet-1-pooler.eu-central-1.aws.neon.tech:5432/loaf")).toBe(true);
  for (const other of ["ep-loud-2.eu-central-1.aws.neon.tech/loaf", "ep-quiet-1.eu-central-1.aws.neon.tech/staging"])
    expect(isSameDatabase(direct, `postgres://owner:a@${other}`)).toBe(false);
});
