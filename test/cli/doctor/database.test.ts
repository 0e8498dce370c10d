import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import type { Check } from "../../../cli/doctor/check.ts";
import { migrations, privileges, reachable, schema, seeded, superadmin } from "../../../cli/doctor/database.ts";
import { applicationUrl } from "../../../local/settings.ts";
import { emptyDatabase, migratedDatabase, run, seededDatabase } from "../run.ts";
import { linesOf, seeing } from "./stand-in.ts";

const look = (check: Check, owner: string, login = applicationUrl(owner)) =>
  linesOf(check, seeing({ owner_database_url: owner }, { DATABASE_URL: login }));

async function into(owner: string) {
  const client = new pg.Client({ connectionString: owner });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  return (text: string) => client.query(text);
}

const EVERY = [reachable, migrations, schema, seeded, superadmin, privileges];

test("a correct database passes", async () => {
  const owner = await seededDatabase();
  const sql = await into(owner);
  await sql(
    "insert into users (email, first_name, last_name, status, email_verified) values ('a@loaf.example', 'A', 'B', 'active', true)",
  );
  await sql(
    "insert into user_role_assignments (user_id, role_id) select u.id, r.id from users u, roles r where r.code = 'superadmin'",
  );
  for (const check of EVERY) expect(await look(check, owner)).toEqual([["ok", expect.any(String)]]);
});

test("a database that is not reached, or not with this login, is noticed once", async () => {
  const nowhere = "postgresql://loaf_api:x@127.0.0.1:1/loaf";
  expect(await look(reachable, nowhere, nowhere)).toEqual([
    ["wrong", "DATABASE_URL names 127.0.0.1:1, where no PostgreSQL answers (ECONNREFUSED)"],
  ]);
  for (const check of [schema, seeded, superadmin, privileges])
    expect(await look(check, nowhere, nowhere)).toEqual([["not checked", "DATABASE_URL leads to no database"]]);
  const owner = await emptyDatabase();
  const unknown = Object.assign(new URL(owner), { pathname: "/no_such_database" }).href;
  expect(await look(reachable, owner, unknown)).toEqual([
    ["wrong", 'DATABASE_URL was refused: database "no_such_database" does not exist'],
  ]);
});

test("an empty database is noticed", async () => {
  const owner = await emptyDatabase();
  expect(await look(migrations, owner)).toEqual([["wrong", "no migration was ever run"]]);
  expect(await look(schema, owner)).toEqual([["wrong", expect.stringMatching(/^lacks .* more columns$/)]]);
  for (const check of [seeded, superadmin, privileges])
    expect(await look(check, owner)).toEqual([["not checked", expect.any(String)]]);
});

test("a database of an older or newer commit is noticed", async () => {
  const owner = await migratedDatabase();
  const sql = await into(owner);
  await sql("alter table events drop column capacity cascade");
  expect(await look(schema, owner)).toEqual([["wrong", "lacks events.capacity"]]);
  await sql("update drizzle.__drizzle_migrations set created_at = created_at - 1");
  expect(await look(migrations, owner)).toEqual([
    ["wrong", expect.stringMatching(/^is behind: \d{4}_\w+ is missing$/)],
  ]);
  await sql("update drizzle.__drizzle_migrations set created_at = created_at + 10");
  expect(await look(migrations, owner)).toEqual([["wrong", "is ahead of this checkout"]]);
});

test("missing permissions, roles and superadmins are noticed", async () => {
  const owner = await migratedDatabase();
  expect(await look(seeded, owner)).toEqual([["wrong", expect.stringMatching(/^\d+ are missing, such as [\w.]+$/)]]);
  expect(await look(superadmin, owner)).toEqual([["wrong", "there is none"]]);
});

test("a login that may do too much is noticed", async () => {
  const owner = await seededDatabase();
  expect(await look(privileges, owner, owner)).toEqual([
    ["wrong", expect.stringMatching(/owns the tables.*audit_log/)],
  ]);
  const sql = await into(owner);
  await sql("grant delete on audit_log to loaf_app");
  expect(await look(privileges, owner)).toEqual([["wrong", "the login may delete from audit_log"]]);
});

test("the command prints a line for each finding, and fails if anything is wrong", async () => {
  const owner = await migratedDatabase();
  const environment = {
    DATABASE_URL: applicationUrl(owner),
    OWNER_DATABASE_URL: owner,
    API_URL: "http://127.0.0.1:1",
    STRIPE_API_BASE: "http://127.0.0.1:1",
    MAIL_API_BASE: "http://127.0.0.1:1",
    DNS_OVER_HTTPS_URL: "http://127.0.0.1:1",
  };
  const printed = await run("doctor.ts", environment, ["--env", "staging"]);
  expect(printed).toMatchObject({ code: 1, stderr: "" });
  expect(printed.stdout).toMatch(/^not checked +settings +not given: JWT_SECRET, .*\n +→ The line worker: settings/m);
  expect(printed.stdout).toMatch(/^wrong +database: superadmin +there is none\n +→ Run npm run admin:create/m);
  expect(printed.stdout).toMatch(/^ok +database: tables/m);
  expect(printed.stdout).toMatch(/^\d+ ok, \d+ wrong, \d+ not checked\.$/m);
});
