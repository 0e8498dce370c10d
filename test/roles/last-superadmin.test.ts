import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { issueAccessToken } from "../../src/access/access-token.ts";
import { seededDatabase } from "../cli/run.ts";
import { put } from "../harness/client.ts";
import { ownWorker } from "../harness/own-worker.ts";
import { settings } from "../harness/platform.ts";

const LAST = expect.objectContaining({ code: "LF409", detail: "last_superadmin" });
const ROUNDS = 10;
const WAITING =
  "select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

/** A database where nobody is a superadmin but those whom a test makes. */
async function ownDatabase(database_url: string) {
  const pool = new pg.Pool({ connectionString: database_url, max: 4 });
  // The database is dropped under it in the end.
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());

  const rows = async <Row extends pg.QueryResultRow>(text: string, params: unknown[] = []) =>
    (await pool.query<Row>(text, params)).rows;

  const superadmin = async () => {
    const email = `superadmin.${randomUUID()}@example.org`;
    const [user] = await rows<{ id: string }>(
      "insert into users (email, first_name, last_name, status, email_verified) values ($1, 'Robin', 'Example', 'active', true) returning id",
      [email],
    );
    const { id = "" } = user ?? {};
    const [session] = await rows<{ id: string }>(
      "insert into sessions (user_id, expires_at) values ($1, now() + interval '30 days') returning id",
      [id],
    );
    await promote(id);
    const token = await issueAccessToken(settings, new Date(), {
      user_id: id,
      session_id: session?.id ?? "",
      email,
      role: "superadmin",
    });
    return { id, token };
  };
  const promote = (id: string) =>
    rows(
      "insert into user_role_assignments (user_id, role_id) select $1, id from roles where code = 'superadmin' on conflict do nothing",
      [id],
    );
  const superadmins = async () =>
    (
      await rows<{ user_id: string }>(
        "select user_id from user_role_assignments a join roles r on r.id = a.role_id where r.code = 'superadmin'",
      )
    ).map(({ user_id }) => user_id);

  return { rows, connect: () => pool.connect(), superadmin, promote, superadmins };
}

/** The same, with a Worker on it. */
async function ownPlatform() {
  const { url, database_url } = await ownWorker();
  const database = await ownDatabase(database_url);
  /** Takes every role from somebody. */
  const demote = async ({ id }: { id: string }, by: { token: string }) => {
    const { status, body } = await put(`/api/admin/users/${id}/roles`, { role_ids: [] }, { token: by.token, url });
    return [status, body.code];
  };
  return { ...database, demote };
}

test("the last superadmin stays one until another is there, and whoever cannot act does not count", async () => {
  const { rows, superadmin, superadmins, demote } = await ownPlatform();
  const last = await superadmin();
  expect(await demote(last, last)).toEqual([409, "last_superadmin"]);
  expect(await superadmins()).toEqual([last.id]);

  const other = await superadmin();
  await rows("update users set status = 'inactive' where id = $1", [other.id]);
  expect(await demote(last, last)).toEqual([409, "last_superadmin"]);

  await rows("update users set status = 'payment_pending' where id = $1", [other.id]);
  expect(await demote(last, last)).toEqual([200, undefined]);
  expect(await superadmins()).toEqual([other.id]);
  expect(await demote(other, last)).toEqual([403, "permission_missing"]);
});

test("one remains when two demote each other, or both leave, at once", { timeout: 60_000 }, async () => {
  const { superadmin, promote, superadmins, demote } = await ownPlatform();
  const pair = [await superadmin(), await superadmin()] as const;
  const [one, other] = pair;

  const overtaken = [403, expect.stringMatching(/^superadmins_only$|^permission_missing$/)];
  const turns = {
    "demote each other": { change: () => [demote(other, one), demote(one, other)], refused: overtaken },
    "both leave": { change: () => [demote(one, one), demote(other, other)], refused: [409, "last_superadmin"] },
  };
  for (const { change, refused } of Object.values(turns))
    for (let round = 0; round < ROUNDS; round++) {
      for (const { id } of pair) await promote(id);
      const answers = await Promise.all(change());
      expect(answers.sort()).toEqual([[200, undefined], refused]);
      expect(await superadmins()).toHaveLength(1);
    }
});

test("nothing else takes the last one's powers either, and of two at once the later is refused", async () => {
  const { rows, connect, superadmin, superadmins } = await ownDatabase(await seededDatabase());
  const last = await superadmin();
  const ways = [
    "update users set status = 'inactive' where id = $1",
    "update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where id = $1",
    "update users set status = 'pending_email' where id = $1",
    "delete from users where id = $1",
    "delete from user_role_assignments where user_id = $1",
  ];
  for (const way of ways) await expect(rows(way, [last.id]), way).rejects.toEqual(LAST);
  expect(await superadmins()).toEqual([last.id]);
  expect(await rows("select status, role from users")).toEqual([{ status: "active", role: "superadmin" }]);

  for (const way of ways) {
    const [earlier, later] = [await superadmin(), await superadmin()];
    await rows("delete from user_role_assignments where user_id <> all ($1)", [[earlier.id, later.id]]);
    const client = await connect();
    await client.query("begin");
    await client.query(way, [earlier.id]);
    const refused = expect(rows(way, [later.id]), way).rejects.toEqual(LAST);
    await expect.poll(() => rows(WAITING)).toEqual([{ waiting: 1 }]);
    await client.query("commit");
    client.release();
    await refused;
  }
});
