import { randomUUID } from "node:crypto";
import { type NeonDbError, type NeonQueryFunction, neon } from "@neondatabase/serverless";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NeonOnPostgres, startNeonOnPostgres } from "./neon-endpoint.ts";

let stack: NeonOnPostgres;
let sql: NeonQueryFunction<false, false>;

beforeAll(async () => {
  stack = await startNeonOnPostgres();
  sql = stack.sql;
  await sql`create table members (id int primary key, email text unique not null, dues_cents int check (dues_cents > 0))`;
  await sql`create table seats (event_id int not null, member_id int not null)`;
  await sql`create table events (id int primary key, capacity int not null)`;
  await sql.query(`
    create function ensure(ok boolean, sentence text) returns void language plpgsql as $$
    begin if not ok then raise exception '%', sentence using errcode = 'LF409', detail = 'event_full'; end if; end $$`);
});
afterAll(() => stack.stop());

describe("one statement", () => {
  test("returns rows as objects, typed by the driver from PostgreSQL's text", async () => {
    const rows =
      await sql`select 1 as one, 9007199254740993::bigint as big, true as yes, null as nothing, ${"a'b"}::text as text,
      '{"a": [1]}'::jsonb as json, array['x', 'y z'] as words, 1.50::numeric as price`;
    expect(rows).toEqual([
      {
        one: 1,
        big: "9007199254740993",
        yes: true,
        nothing: null,
        text: "a'b",
        json: { a: [1] },
        words: ["x", "y z"],
        price: "1.50",
      },
    ]);
  });

  test("keeps an instant to the millisecond", async () => {
    const [row] = await sql`select '2026-02-28 23:30:00.123+00'::timestamptz as at`;
    // A Date, or the text of one where a test that ran before has loaded Drizzle, which tells the driver to leave it.
    expect(new Date(row?.at).toISOString()).toBe("2026-02-28T23:30:00.123Z");
  });

  test("returns rows as arrays, with fields, command and count, where the driver asks for full results", async () => {
    const full = neon(stack.database_url, { arrayMode: true, fullResults: true });
    const result = await full`select n, n * 2 as n from generate_series(1, 2) n`;
    expect(result.rows).toEqual([
      [1, 2],
      [2, 4],
    ]);
    expect(result).toMatchObject({ command: "SELECT", rowCount: 2, rowAsArray: true });
    expect(result.fields.map(({ name, dataTypeID, format }) => ({ name, dataTypeID, format }))).toEqual([
      { name: "n", dataTypeID: 23, format: "text" },
      { name: "n", dataTypeID: 23, format: "text" },
    ]);
  });

  test("carries every value as the text PostgreSQL writes, in arrays or, without the header, in objects", async () => {
    const query = "select 7 as n, false as no, null as nothing, '\\x00ff'::bytea as bytes";
    const ask = async (headers: Record<string, string>) => {
      const answer = await fetch(`${stack.neon_url}/sql`, {
        method: "POST",
        headers: { "Neon-Connection-String": stack.database_url, "Neon-Raw-Text-Output": "true", ...headers },
        body: JSON.stringify({ query, params: [] }),
      });
      return answer.json();
    };
    expect(await ask({ "Neon-Array-Mode": "true" })).toMatchObject({ rows: [["7", "f", null, "\\x00ff"]] });
    expect(await ask({})).toMatchObject({ rows: [{ n: "7", no: "f", nothing: null, bytes: "\\x00ff" }] });
  });

  test("is refused with PostgreSQL's code, detail and constraint", async () => {
    await sql`insert into members values (1, 'ada@loaf.test', 100)`;
    const twice = await refusal(sql`insert into members values (2, 'ada@loaf.test', 100)`);
    expect(twice).toMatchObject({
      name: "NeonDbError",
      code: "23505",
      constraint: "members_email_key",
      table: "members",
      schema: "public",
      detail: "Key (email)=(ada@loaf.test) already exists.",
      severity: "ERROR",
    });
    expect(await refusal(sql`select * from nowhere`)).toMatchObject({ code: "42P01", position: "15" });
  });

  test("is one statement: several in one string are refused, as by Neon", async () => {
    expect(await refusal(sql.query("select 1; select 2"))).toMatchObject({ code: "42601" });
  });
});

describe("a batch", () => {
  test("is one transaction that returns each statement's rows", async () => {
    const results = await sql.transaction([
      sql`insert into members values (10, 'grace@loaf.test', 200) returning id`,
      sql`select txid_current() as tx`,
      sql`select txid_current() as tx, (select email from members where id = 10) as email`,
    ]);
    expect(results[0]).toEqual([{ id: 10 }]);
    expect(results[2]?.[0]).toEqual({ tx: results[1]?.[0]?.tx, email: "grace@loaf.test" });
  });

  test("leaves nothing behind when a statement fails, and tells that statement's error", async () => {
    const error = await refusal(
      sql.transaction([
        sql`insert into members values (20, 'rolled-back@loaf.test', 1)`,
        sql`select ensure(false, 'The event is full')`,
        sql`insert into members values (21, 'never@loaf.test', 1)`,
      ]),
    );
    expect(error).toMatchObject({ code: "LF409", message: "The event is full", detail: "event_full" });
    expect(await sql`select * from members where id in (20, 21)`).toEqual([]);
  });

  test("fails as a whole when only the commit finds the mistake", async () => {
    await sql`create table pairs (id int primary key, other int references pairs deferrable initially deferred)`;
    const error = await refusal(sql.transaction([sql`insert into pairs values (1, 2)`, sql`select 1`]));
    expect(error).toMatchObject({ code: "23503", table: "pairs" });
    expect(await sql`select * from pairs`).toEqual([]);
  });

  test("that may only read is refused to write with SQLSTATE 25006", async () => {
    const write = sql.transaction([sql`insert into members values (30, 'x@loaf.test', 1)`], { readOnly: true });
    expect(await refusal(write)).toMatchObject({ code: "25006" });
  });

  test("runs at the isolation level it asks for", async () => {
    const level = async (isolationLevel: "ReadCommitted" | "RepeatableRead" | "Serializable") => {
      const [rows] = await sql.transaction([sql`select current_setting('transaction_isolation') as level`], {
        isolationLevel,
      });
      return rows?.[0]?.level;
    };
    expect([await level("Serializable"), await level("RepeatableRead")]).toEqual(["serializable", "repeatable read"]);
    expect(await level("ReadCommitted")).toBe("read committed");
  });

  test("sells exactly ten seats to fifty who come at once", async () => {
    await sql`insert into events values (1, 10)`;
    const rsvp = (member_id: number) =>
      sql.transaction([
        sql`select from events where id = 1 for update`,
        sql`select ensure((select count(*) from seats where event_id = 1) < (select capacity from events where id = 1), 'full')`,
        sql`insert into seats values (1, ${member_id}) returning member_id`,
      ]);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, member_id) => rsvp(member_id)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 40 }, () => "LF409"));
    expect(await sql`select count(*)::int as sold from seats where event_id = 1`).toEqual([{ sold: 10 }]);
  });
});

describe("a session", () => {
  test("is given back as new: settings, temporary tables and advisory locks of one request do not reach the next", async () => {
    const pids = new Set<unknown>();
    const used = async () => {
      const [row] =
        await sql`select pg_backend_pid() as pid, current_setting('app.actor_id', true) as actor, to_regclass('scratch') as scratch,
        current_setting('timezone') as timezone, (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`;
      const known = pids.has(row?.pid);
      pids.add(row?.pid);
      expect(row).toMatchObject({ scratch: null, timezone: "UTC", locks: 0 });
      expect([null, ""]).toContain(row?.actor);
      return known;
    };
    const dirty = () =>
      sql.transaction([
        sql`select set_config('app.actor_id', 'somebody', false), set_config('timezone', 'Asia/Tokyo', false)`,
        sql`create temporary table scratch (n int)`,
        sql`select pg_advisory_lock(7), pg_advisory_unlock_all() is null and pg_try_advisory_lock(8)`,
      ]);
    let met_again = 0;
    for (let round = 0; round < 20; round++) {
      await dirty();
      if (await used()) met_again += 1;
    }
    // Otherwise every request had a connection of its own, and nothing was shown.
    expect(met_again).toBeGreaterThan(0);
  });

  test("is given back without the transaction that a request left open: the next statement in it is committed", async () => {
    await sql`create table kept (pid int)`;
    const pids = new Set<unknown>();
    let met_again = 0;
    for (let round = 0; round < 20; round++) {
      await sql`begin`;
      const [row] = await sql`insert into kept values (pg_backend_pid()) returning pid`;
      if (pids.has(row?.pid)) met_again += 1;
      pids.add(row?.pid);
    }
    // Each of the others is seen from outside of the session that wrote it.
    expect(await sql`select count(*)::int as rows, count(distinct pid)::int as sessions from kept`).toEqual([
      { rows: 20, sessions: pids.size },
    ]);
    expect(met_again).toBeGreaterThan(0);
  });
});

describe("counting", () => {
  test("tells the requests and statements that contain a text in SQL or parameters, whatever runs beside them", async () => {
    const request_id = randomUUID();
    await Promise.all([
      sql`select ${`id ${request_id}`}::text`,
      sql.transaction([sql`select set_config('app.request_id', ${request_id}, true)`, sql`select 2`, sql`select 3`]),
      ...Array.from({ length: 5 }, () => sql`select ${randomUUID()}::text`),
    ]);
    expect(await stack.stats(request_id)).toEqual({ requests: 2, queries: 4 });
    expect(await stack.stats(randomUUID())).toEqual({ requests: 0, queries: 0 });
  });

  test("counts everything since the start", async () => {
    const before = await stack.stats();
    await sql.transaction([sql`select 1`, sql`select 2`]);
    expect(before).toEqual({ requests: expect.any(Number), queries: expect.any(Number) });
    expect(await stack.stats()).toEqual({
      requests: count(before, "requests") + 1,
      queries: count(before, "queries") + 2,
    });
  });
});

function count(stats: unknown, name: "requests" | "queries"): number {
  return typeof stats === "object" && stats !== null ? Number(Reflect.get(stats, name)) : Number.NaN;
}

async function refusal(query: Promise<unknown>): Promise<NeonDbError> {
  return query.then(
    () => expect.unreachable("it was not refused"),
    (error: NeonDbError) => error,
  );
}
