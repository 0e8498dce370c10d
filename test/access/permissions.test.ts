import { expect, test } from "vitest";
import { permitted } from "../../src/access/access.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { sql } from "../harness/platform.ts";

test("there are 59 permissions in 10 modules, and the database has the same", async () => {
  expect(new Set(ALL_PERMISSIONS).size).toBe(59);
  const modules = await sql<{ module: string; count: number }>(
    "select module, count(*)::int from permissions group by 1",
  );
  expect(Object.fromEntries(modules.map(({ module, count }) => [module, count]))).toEqual({
    users: 11,
    events: 8,
    subscriptions: 8,
    donations: 6,
    gallery: 4,
    newsletters: 5,
    financials: 4,
    bylaws: 4,
    settings: 5,
    permissions: 4,
  });
});

test("a permission that does not exist does not compile", () => {
  // @ts-expect-error: held by `npm run types`, which fails if this line ever compiles
  const access = permitted("users.enchant");
  expect(access.any_of).toEqual(["users.enchant"]);
});

test.each(SYSTEM_ROLES)("the system role $code holds what it is meant to", async ({ code, permissions }) => {
  const rows = await sql<{ code: string }>(
    "select p.code from permissions p join role_permissions rp on rp.permission_id = p.id join roles r on r.id = rp.role_id where r.code = $1",
    [code],
  );
  expect(rows.map((row) => row.code).sort()).toEqual([...permissions].sort());
});
