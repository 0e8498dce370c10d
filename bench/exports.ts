import { setTimeout as sleep } from "node:timers/promises";
import { sql as asSql } from "drizzle-orm";
import type { Permission } from "../src/access/permissions.ts";
import { donationsIn } from "../src/donations/admin/export.ts";
import { after } from "../src/http/pagination.ts";
import { volunteer } from "../test/harness/people.ts";
import { database, settings, startWorker } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { inBulk } from "./in-bulk.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { type Workerd, withItsWorkerd } from "./workerd.ts";

const FEW = 250_000;
export const MANY = 1_000_000;

/** One row a minute from here on. No other data is this old. */
export const FIRST = new Date("2001-01-01T00:00:00Z");
export const timeOf = (minutes: number) => new Date(FIRST.getTime() + minutes * 60_000).toISOString();

/** A million rows to export. */
export interface Exported {
  of: string;
  permission: Permission;
  /** Leads to the export of the first rows. */
  path(rows: number): string;
  insert(): Promise<void>;
  check?(): Promise<void>;
  forget(): Promise<void>;
}

/**
 * How much more peak memory, in MiB, workerd needs to export a million donations than a quarter of that. Also checks
 * that reading any page takes a single index scan, however deep into the file it is.
 */
export const measureExports = (): Promise<number> =>
  measureExport({
    of: "donations",
    permission: "donations.export",
    path: (rows) => `/api/admin/donations/export?from=${FIRST.toISOString()}&to=${timeOf(rows)}`,
    insert: () => insertDonations(MANY),
    check: printPlans,
    forget: () => forgetDonations(MANY),
  });

/** How much more peak memory, in MiB, workerd needs to export a million rows than a quarter of that. */
export async function measureExport(exported: Exported): Promise<number> {
  await exported.insert();
  try {
    await exported.check?.();
    const { started, workerd } = await withItsWorkerd(() => startWorker());
    const { token } = await volunteer(exported.permission);
    // A warm-up: the code is compiled, the database is connected, and memory has grown as far as an export makes it
    // grow.
    const exporting = (rows: number) => download(started.url + exported.path(rows), token, rows);
    await exporting(20_000);
    const figures = [await measure(workerd, exporting, FEW), await measure(workerd, exporting, MANY)];
    await started.stop();
    const [few, many] = figures.map(({ peak }) => peak);
    const more = (many ?? Number.NaN) - (few ?? Number.NaN);
    printTable(
      `Memory of workerd, MiB: four times the rows of an export of ${exported.of} add ${more.toFixed(0)} to the peak (budget ${BUDGETS.export_memory_mib})`,
      ["rows", "file, MiB", "before", "peak", "seconds", "CPU seconds"],
      figures.map(({ rows, size, before, peak, ms, cpu_ms }) => [
        String(rows),
        ...[size / 1024 / 1024, before, peak, ms / 1000, cpu_ms / 1000].map((figure) => figure.toFixed(0)),
      ]),
    );
    return more;
  } finally {
    await exported.forget();
  }
}

const TABLES = ["donations", "payments", "reversals"];

/** Donations of a realistic size, each with a payment. One in sixty is refunded. */
const insertDonations = (rows: number) =>
  inBulk(
    TABLES,
    [
      `insert into donations (donation_type, status, amount_cents, donor_name, donor_email, message, completed_at, created_at,
         stripe_checkout_session_id)
       select 'public', 'completed', 100 + n % 10000, 'Alex Example ' || n, 'alex.' || n || '@example.org', repeat('Thank you. ', n % 20),
         made, made, 'cs_test_' || md5(n::text)
       from generate_series(0, $1::integer - 1) n, lateral (select $2::timestamptz + n * interval '1 minute' as made) m`,
      [rows, FIRST],
    ],
    [
      `insert into payments (donation_id, donation_cents, paid_at, stripe_payment_intent_id)
       select id, amount_cents, created_at, 'pi_' || md5(id::text) from donations where created_at < $1`,
      [timeOf(rows)],
    ],
    [
      `insert into reversals (payment_id, kind, status, amount_cents, occurred_at)
       select id, 'refund', 'succeeded', 100, paid_at from payments
       where paid_at < $1 and extract(minute from paid_at) = 50`,
      [timeOf(rows)],
    ],
  );

const forgetDonations = (rows: number) =>
  inBulk(
    TABLES,
    ["delete from reversals where occurred_at < $1", [timeOf(rows)]],
    ["delete from payments where paid_at < $1", [timeOf(rows)]],
    ["delete from donations where created_at < $1", [timeOf(rows)]],
  );

async function measure(workerd: Workerd, exporting: (rows: number) => Promise<number>, rows: number) {
  await sleep(2000);
  await workerd.forgetPeak();
  const before = await workerd.memoryMib();
  const cpu_before = await workerd.cpuMs();
  const { result: size, ms } = await timed(() => exporting(rows));
  return { rows, size, before, peak: await workerd.peakMib(), ms, cpu_ms: (await workerd.cpuMs()) - cpu_before };
}

/** Reads an export to the end without keeping it. Returns its size in bytes. */
async function download(url: string, token: string, rows: number): Promise<number> {
  const answer = await fetch(url, {
    headers: { Authorization: `Bearer ${token}`, "CF-Connecting-IP": "10.2.0.1" },
  });
  if (answer.status !== 200) throw new Error(`The export responded with ${answer.status}: ${await answer.text()}`);
  let [bytes, lines] = [0, 0];
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === 10) lines += 1;
  }
  if (lines !== rows + 1) throw new Error(`The export has ${lines} lines instead of ${rows} rows plus a header`);
  return bytes;
}

/** Prints PostgreSQL's plan for the first, middle, and last page. Throws if one does not use an index. */
async function printPlans(): Promise<void> {
  const AN_ID = "00000000-0000-4000-8000-000000000000";
  const { order, select } = donationsIn(
    { user_id: AN_ID, settings },
    {
      bom: "0",
      headers: "snake_case",
      amounts: "decimal",
      dated_by: "created",
      from: FIRST.toISOString(),
      to: timeOf(MANY),
    },
  );
  const pages = { first: undefined, middle: timeOf(MANY / 2), last: timeOf(2000) };
  const rows: string[][] = [];
  for (const [page, at] of Object.entries(pages)) {
    const cursor = at && Buffer.from(JSON.stringify([order.name, at, AN_ID])).toString("base64url");
    const { sql, params } = select(cursor ? after(order, cursor) : asSql`true`, 2001).toSQL();
    const explained = await database.query<{ "QUERY PLAN": string }>(`explain (analyze, buffers) ${sql}`, params);
    const plan = explained.rows.map((row) => row["QUERY PLAN"]).join("\n");
    const read = / donations_newest [^\n]*actual time=\S+ rows=([\d.]+)/.exec(plan)?.[1];
    if (!read || Number(read) > 2001 || /Seq Scan on (donations|payments|reversals)/.test(plan))
      throw new Error(`The ${page} page does more than read its own rows from an index:\n${plan}`);
    rows.push([
      page,
      /Execution Time: ([\d.]+) ms/.exec(plan)?.[1] ?? "",
      /Buffers: shared ([^\n]*)/.exec(plan)?.[1] ?? "",
    ]);
  }
  printTable(`Pages of an export of ${MANY} donations`, ["page", "ms", "pages read"], rows);
}
