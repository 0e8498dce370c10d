import type { SQLWrapper } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { startNeon } from "../local/neon/server.ts";
import { Plan } from "../src/database/plan.ts";
import { readUsers } from "../src/members/list.ts";
import { UserFilters } from "../src/members/schemas.ts";
import { call } from "../test/harness/client.ts";
import { volunteer } from "../test/harness/people.ts";
import { database, settings, startWorker } from "../test/harness/platform.ts";
import { inBulk } from "./in-bulk.ts";
import { printTable } from "./table.ts";
import { median, timed } from "./times.ts";

const PEOPLE = 50_000;
const RUNS = 15;

/** In the addresses of the people made here, and nowhere else. */
const MARK = "@fifty-thousand.example";

/** The lists that volunteers look at, by what they would call them. */
const LISTS: Record<string, Record<string, string>> = {
  everybody: {},
  "active (35,000)": { status: "active" },
  "active, by name": { status: "active", sort: "name" },
  "a name that many have": { search: "robin" },
  "a name that one has": { search: "robin 4711" },
  "two letters": { search: "4a" },
  "joined in a month": { joined_from: "2003-03-01", joined_to: "2003-03-31" },
  "changed last": { sort: "updated" },
  unverified: { email_verified: "false" },
  "with a tag": { tag: "bench 7" },
  "taken on by me": { taken_on_by: "me" },
  "without an address": { no_email: "true" },
};

/**
 * Prints how long PostgreSQL takes for a page and for the counts of each list, and how long the whole request takes, among
 * 50,000 people of whom 35,000 are active.
 */
export async function measurePeople(): Promise<void> {
  // As in the lists of events: Neon makes a plan for each request.
  const neon = await startNeon({ port: 0 });
  const worker = await startWorker({ NEON_HTTP_ENDPOINT: `${neon.neon_url}/sql` });
  await insertPeople();
  try {
    const reader = await volunteer("users.view");
    const rows: string[][] = [];
    for (const [name, filters] of Object.entries(LISTS)) {
      const [page, counts] = await Promise.all(statementsOf(reader.id, filters).map(measured));
      const path = `/api/admin/users?${new URLSearchParams(filters)}`;
      const request = await medianOf(() => call("GET", path, { url: worker.url, token: reader.token }));
      rows.push([name, ...[page, counts, request].map((ms) => (ms ?? Number.NaN).toFixed(1))]);
    }
    printTable(
      `People: milliseconds among ${PEOPLE.toLocaleString("en-US")} (median of ${RUNS})`,
      ["list", "page", "counts", "request"],
      rows,
    );
  } finally {
    await worker.stop();
    await neon.stop();
    await forgetPeople();
  }
}

function statementsOf(user_id: string, filters: Record<string, string>) {
  const t = new Plan();
  readUsers(t, { user_id, settings }, UserFilters.parse(filters));
  return t.statements.map((statement) => new PgDialect().sqlToQuery((statement as unknown as SQLWrapper).getSQL()));
}

const measured = ({ sql, params }: { sql: string; params: unknown[] }) => medianOf(() => database.query(sql, params));

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push((await timed(work)).ms);
  return median(times);
}

const TABLES = ["users", "user_tags"];

const insertPeople = () =>
  inBulk(
    TABLES,
    `insert into users (email, first_name, last_name, status, role, email_verified, joined_at, created_at, updated_at)
     select n || '.' || left(md5(n::text), 8) || '${MARK}',
       (array['Robin', 'Kim', 'José', 'Zoë', 'Łukasz', 'Ana', 'Sam', 'Noor', 'Alex', 'Maria'])[1 + n % 10],
       initcap(translate(left(md5((3 * n)::text), 8), '0123456789', 'aeioulmnrs')),
       (case when n % 10 < 7 then 'active' when n % 10 = 7 then 'inactive' when n % 10 = 8 then 'pre_validated' else 'pending_email' end)::userstatus,
       (case when n % 10 < 7 then 'member' else 'guest' end)::userrole, n % 10 <> 9, at, at, at
     from generate_series(1, ${PEOPLE}) n, lateral (select timestamptz '2001-01-01' + n * interval '1 hour' as at) a`,
    `insert into user_tags (user_id, tag)
     select id, 'bench ' || split_part(email, '.', 1)::int % 50 from users where email like '%${MARK}'`,
  );

const forgetPeople = () =>
  inBulk(
    TABLES,
    `delete from user_tags using users where id = user_id and email like '%${MARK}'`,
    `delete from users where email like '%${MARK}'`,
  );
