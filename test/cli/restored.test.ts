import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { seededDatabase } from "./run.ts";

test("what docs/operations.md says to run after a restore ends sessions and holds emails back", async () => {
  const docs = readFileSync("docs/operations.md", "utf8").split("What else a restore brings back")[1] ?? "";
  const statements = /```sql\n([^`]+)```/.exec(docs)?.[1] ?? "";
  const client = new pg.Client(await seededDatabase());
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      "insert into users (email, first_name, last_name, status, email_verified) values ('robin@example.org', 'Robin', '', 'active', true) returning id",
    );
    await client.query("insert into sessions (user_id, expires_at) values ($1, now() + interval '1 day')", [
      rows[0]?.id,
    ]);
    await client.query("insert into emails (template, to_email) values ('approval', 'robin@example.org')");
    await client.query(statements);
    expect((await client.query("select revoked_at is null as open from sessions")).rows).toEqual([{ open: false }]);
    expect((await client.query("select status, last_error from emails")).rows).toEqual([
      { status: "withheld", last_error: "restored" },
    ]);
  } finally {
    await client.end();
  }
});
