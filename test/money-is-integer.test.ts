// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of code, as text
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type Finding, floatingPointIn } from "./harness/floating-point.ts";
import { sql } from "./harness/platform.ts";

const SRC = join(import.meta.dirname, "../src");

/** What looks as if it could make fractions of money, and why it does not. Nothing else may. */
const EXACT: Record<string, string> = {
  "ledger/fees-from-stripe.ts: BigInt(whole) * BigInt(part)": "an integer, however large",
  "ledger/fees-from-stripe.ts: Number((2n * product + (product < 0n ? -divisor : divisor)) / (2n * divisor))":
    "integers divide as integers; it says how it rounds",
  "money/format.ts: sql`(${before}::text || to_char(${cents} / 100.0, 'FM999,999,990.00') || ${after}::text)`":
    "PostgreSQL divides decimals exactly, and this becomes text",
  'money/format.ts: Number(whole + part.padEnd(2, "0"))': "digits alone, read as one integer",
  "stripe-events/reconcile/bookings.ts: Math.sign(amount) * source.amount": "1, 0 or -1 times whole cents",
  "stripe-events/reconcile/events.ts: Math.ceil(to / 1000)": "milliseconds, as Stripe's seconds",
  "subscriptions/from-stripe/parts.ts: (price.unit_amount ?? 0) * (quantity ?? 1)": "both are integers at Stripe",
  "subscriptions/admin/stats.ts: sql`${twelfths} / 12`":
    "PostgreSQL divides integers as integers; it says how it rounds",
};

const shown = ({ file, code }: Pick<Finding, "file" | "code">) => `${file}: ${code}`;

test("nothing in src makes anything but whole cents of money", () => {
  const findings = floatingPointIn(join(SRC, "tsconfig.json"), SRC);
  expect(findings.map(shown).sort()).toEqual(Object.keys(EXACT).sort());
});

/** Findings in files of their own, each with one piece of code. */
async function findingsIn(files: Record<string, string>): Promise<Record<string, string>> {
  const root = await mkdtemp(join(tmpdir(), "money-"));
  try {
    const options = { noEmit: true, noLib: true, types: [], allowImportingTsExtensions: true, module: "esnext" };
    await writeFile(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["."] }));
    for (const [name, code] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), `${code}\nexport {};\n`);
    }
    const found = floatingPointIn(join(root, "tsconfig.json"), root);
    return Object.fromEntries(found.map(({ file, problem }) => [file, problem]));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const inFiles = (room: string, codes: readonly string[]) =>
  Object.fromEntries(codes.map((code, index) => [`${room}/${index}.ts`, code]));

test("fractions of what is called money are found wherever they are made", async () => {
  const wrong = [
    "const shown = amount_cents / 100;",
    "const half = plan.price_cents / 2;",
    "const fee = amount_cents * 0.029;",
    "const fee = amountCents * rate;",
    "let net_cents = 5; net_cents *= rate;",
    "let net_cents = 5; net_cents /= 2;",
    "const rounded = cents + 0.5;",
    "const grown = cents ** 2;",
    "const cents = Math.round(typed * 100);",
    "const row = { amount_cents: Math.round(typed * 100) };",
    "const shown = (cents: number) => cents.toFixed(2);",
    "const cents = parseFloat(amount);",
    "const cents = Number(row.amount_cents);",
    "const cents = +body.amount;",
    "const whole = rows.reduce((sum, { amount_cents }) => sum + amount_cents, 0) / rows.length;",
    "const total = row.amount_cents; const part = total / 3;",
    "const total = a.amount_cents + b.amount_cents; const more = total; const part = more / 3;",
    "const share = sql`select amount_cents * 0.5 from donations`;",
    "const share = sql`select ${donations.amount_cents}::numeric`;",
    "const middle = sql`select avg(amount_cents) from donations`;",
    "const share = sql`${cents} / 3`;",
  ];
  const found = await findingsIn(inFiles("events", wrong));
  expect(wrong.filter((_, index) => !found[`events/${index}.ts`])).toEqual([]);
});

test("in the rooms of money every number counts that has nothing to do with time", async () => {
  const wrong = [
    "const a = x / 2;",
    "const a = x * y;",
    "const a = x * 1.5;",
    "const a = Math.round(x);",
    "const a = Math.floor(x);",
    "const a = Number(text);",
    "const a = Number.parseFloat(text);",
    "const a = x.toFixed(2);",
    "const a = sql`select x::float8`;",
    "const a = sql`select round(x)`;",
  ];
  const rooms = ["money", "ledger", "stripe", "stripe-events", "plans", "subscriptions", "donations"];
  for (const room of rooms) expect(Object.keys(await findingsIn(inFiles(room, wrong)))).toHaveLength(wrong.length);
  expect(await findingsIn(inFiles("events", wrong))).toEqual({});
});

test("what is exact, or no money, is left alone", async () => {
  const right = [
    "const left = payment.amount_cents - refund.amount_cents;",
    "const year = 12 * price_cents;",
    "const left = Math.max(0, Math.min(donation_cents, gone));",
    "const instant = new Date(created * 1000);",
    "const created = Math.floor(Date.parse(paid_at) / 1000);",
    "const later = now.getTime() + 14 * 24 * 3_600_000;",
    "const seconds = { lt: Math.ceil(until.getTime() / 1000) };",
    "const amount = { cents: row.amount_cents };",
    "const sum = sql`sum(${ledger.donation_cents})`.mapWith(Number);",
    "const grace = sql`${term_end}::timestamptz + ${days} * interval '1 day'`;",
    "const text = `${amount_cents} / ${total_cents}`; // 1.5 / 2",
  ];
  expect(await findingsIn({ ...inFiles("payments", right), ...inFiles("events", right) })).toEqual({});
});

test("no column of the database can hold a fraction, and every amount is an integer", async () => {
  const columns = await sql<{ name: string; type: string }>(
    `select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') and a.attnum > 0 and not a.attisdropped`,
  );
  const fractions = ["numeric", "real", "double precision", "money"];
  expect(columns.filter(({ type }) => fractions.includes(type.replace("[]", "")))).toEqual([]);
  const amounts = columns.filter(({ name }) => /cents|amount/.test(name));
  expect(amounts.length).toBeGreaterThan(10);
  expect(amounts.filter(({ name, type }) => !name.endsWith("_cents") || !["integer", "bigint"].includes(type))).toEqual(
    [],
  );
});

test("no function of ours in the database, and no view, reckons with fractions", async () => {
  const sources = await sql<{ name: string; source: string }>(
    `select proname as name, pg_get_functiondef(p.oid) as source from pg_proc p where pronamespace = 'public'::regnamespace and prokind = 'f'
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     union all select viewname, definition from pg_views where schemaname = 'public'`,
  );
  expect(sources.map(({ name }) => name)).toContain("ledger");
  expect(
    sources.filter(({ source }) =>
      /\b(numeric|decimal|real|float[48]?|double precision|money)\b|\d\.\d|\s\/\s/i.test(source),
    ),
  ).toEqual([]);
});
