import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { privileges } from "../../cli/doctor/database.ts";
import { refuseForeignDatabase } from "../../cli/setup/claim.ts";
import { database } from "../../cli/setup/database.ts";
import type { Setup } from "../../cli/setup/step.ts";
import { sql } from "../harness/platform.ts";
import { linesOf, seeing } from "./doctor/stand-in.ts";
import { emptyDatabase } from "./run.ts";

test("the database is migrated and seeded, and gets a login with the least privileges, once", async () => {
  const owner = await emptyDatabase();
  const login = `login_${randomUUID().replaceAll("-", "")}`;
  onTestFinished(async () => void (await sql(`drop role if exists ${login}`)));
  const said: string[] = [];
  const setup = (stored: string[] = []): Setup => ({
    target: "staging",
    dry_run: false,
    worker: { name: "", buckets: [], queue: "", crons: [] },
    wrangler: async () => ({ code: 0, output: "" }),
    vars: {},
    stored: new Set(stored),
    owner_database_url: owner,
    stripe_setup_key: undefined,
    login,
    say: (line) => said.push(line),
  });

  const first = setup();
  await database.run(first);
  const { DATABASE_URL = "" } = first.vars;
  expect(new URL(DATABASE_URL).username).toBe(login);
  expect(await linesOf(privileges, seeing({}, { DATABASE_URL }))).toEqual([["ok", expect.any(String)]]);
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  await expect(client.query("delete from audit_log")).rejects.toThrow("permission denied");
  await client.end();

  await expect(refuseForeignDatabase(owner, "production")).rejects.toThrow("names the database of staging");
  await expect(refuseForeignDatabase(owner, "staging")).resolves.toBeUndefined();

  const again = setup(["DATABASE_URL"]);
  await database.run(again);
  expect(again.vars).toEqual({});
  // Its password is nowhere, so the Worker could not connect.
  await expect(database.run(setup())).rejects.toThrow("the Worker does not have its password");
  expect(said.join("\n")).not.toContain(new URL(DATABASE_URL).password);
});
