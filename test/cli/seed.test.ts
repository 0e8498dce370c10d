import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { migratedDatabase, run, seededDatabase } from "./run.ts";

/** A connection to look into a database of the test's own. */
async function into(database: Promise<string>) {
  const DATABASE_URL = await database;
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  // The database is dropped under it in the end.
  client.on("error", () => undefined);
  const rows = async (text: string) => (await client.query(text)).rows;
  return { DATABASE_URL, rows };
}

test("writes every permission and system role, and a second time changes no row", async () => {
  const { DATABASE_URL, rows } = await into(migratedDatabase());
  const everything = async () => ({
    permissions: await rows("select * from permissions order by code"),
    roles: await rows("select * from roles order by code"),
    role_permissions: await rows("select * from role_permissions order by role_id, permission_id"),
  });
  expect(await run("seed.ts", { DATABASE_URL })).toMatchObject({ code: 0, stderr: "" });
  const first = await everything();
  expect(first.permissions.map(({ code }) => code)).toEqual([...ALL_PERMISSIONS].sort());
  expect(first.roles.map(({ code }) => code)).toEqual(SYSTEM_ROLES.map(({ code }) => code).sort());
  expect(first.role_permissions).toHaveLength(SYSTEM_ROLES.flatMap(({ permissions }) => permissions).length);
  expect(await run("seed.ts", { DATABASE_URL })).toMatchObject({ code: 0, stderr: "" });
  expect(await everything()).toEqual(first);
});

test("adds what is missing and leaves an organisation's own roles alone", async () => {
  const { DATABASE_URL, rows } = await into(seededDatabase());
  await rows("insert into roles (code, name) values ('greeter', 'Greeter')");
  // As it was before there was this permission: nothing else takes one from a system role.
  await rows("alter table role_permissions disable trigger protect_system_role");
  await rows("delete from permissions where code = 'events.create'");
  await rows("alter table role_permissions enable trigger protect_system_role");
  await run("seed.ts", { DATABASE_URL });
  expect(await rows("select code from roles where code = 'greeter'")).toHaveLength(1);
  const holders = await rows(
    "select r.code from roles r join role_permissions rp on rp.role_id = r.id join permissions p on p.id = rp.permission_id where p.code = 'events.create' order by r.code",
  );
  const granted = SYSTEM_ROLES.filter(({ permissions }) => permissions.some((code) => code === "events.create"));
  expect(holders.map(({ code }) => code)).toEqual(granted.map(({ code }) => code).sort());
});

describe("superadmin and finance want a second factor", () => {
  const demanding = "select code from roles where second_factor_required order by code";
  const theTwo = [{ code: "finance" }, { code: "superadmin" }];

  test("from the first, and what an organisation asks of other roles stays when it is seeded again", async () => {
    const { DATABASE_URL, rows } = await into(migratedDatabase());
    await run("seed.ts", { DATABASE_URL });
    expect(await rows(demanding)).toEqual(theTwo);
    await rows("update roles set second_factor_required = true where code = 'admin'");
    await run("seed.ts", { DATABASE_URL });
    expect(await rows(demanding)).toEqual([{ code: "admin" }, ...theTwo]);
  });

  test("by a migration in a database that was seeded before, where a role of the organisation's own is left alone", async () => {
    const { rows } = await into(seededDatabase());
    await rows("update roles set second_factor_required = false");
    await rows("insert into roles (code, name) values ('greeter', 'Greeter')");
    await rows(await readFile(join(ROOT, "migrations/0004_second_factor_roles.sql"), "utf8"));
    expect(await rows(demanding)).toEqual(theTwo);
  });
});

test("two at once both succeed", async () => {
  const { DATABASE_URL, rows } = await into(migratedDatabase());
  const both = await Promise.all([run("seed.ts", { DATABASE_URL }), run("seed.ts", { DATABASE_URL })]);
  expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(await rows("select from permissions")).toHaveLength(ALL_PERMISSIONS.length);
});
