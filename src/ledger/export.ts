import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { cellsOf, column, dayColumn, moneyColumn, timeColumn } from "../http/csv-columns.ts";
import { exportCsv } from "../http/export.ts";
import { by, type Order } from "../http/pagination.ts";
import type { Download } from "../http/route.ts";
import { donations } from "../tables/donations.ts";
import { ledger, payments, reversals } from "../tables/ledger.ts";
import { fullNameOf, nameOf, users } from "../tables/people.ts";
import { isOnDays } from "../time/days.ts";
import { donorIsShown } from "./donor.ts";
import { daysOf } from "./figures.ts";
import type { LedgerExport, LedgerKind } from "./schemas.ts";

/**
 * Every movement of money in a period as a CSV file, with dues and donations on lines of their own. It has only the kinds
 * that this person may export. Each page checks that again.
 */
export const exportLedger = (ctx: SignedInContext, options: LedgerExport): Promise<Download> =>
  exportCsv(ctx, ledgerIn(ctx, options));

/** What is exported, and how it is read. */
export function ledgerIn(
  { user_id, settings }: Pick<SignedInContext, "user_id" | "settings">,
  { bom, headers, amounts, ...filters }: LedgerExport,
) {
  const { kind, payment_method, ...period } = filters;
  const columns = columnsIn(settings.CURRENCY, user_id);
  const wanted = and(
    isOnDays(ledger.occurred_at, daysOf(period)),
    payment_method && eq(ledger.payment_method, payment_method),
    kind && sql`${part_kind} = ${kind}`,
    sql`case ${part_kind} when 'dues' then ${personHolds(user_id, "subscriptions.export")}
      else ${personHolds(user_id, "donations.export")} end`,
    partIsLine,
  );
  const { occurred_at, line_id, movement, kind: line_kind } = line;
  return {
    table: "ledger",
    filters,
    options: { bom, headers, amounts },
    columns,
    order: NEWEST,
    select: (from: SQL, limit: number) =>
      query
        .select({ occurred_at, line_id, movement, kind: line_kind, cells: cellsOf(columns) })
        .from(linesOf(and(wanted, from), limit))
        .innerJoin(payments, eq(payments.id, line.payment_id))
        .leftJoin(reversals, eq(reversals.id, line.reversal_id))
        .leftJoin(donations, eq(donations.id, payments.donation_id))
        .leftJoin(users, eq(users.id, payments.user_id))
        .orderBy(desc(occurred_at), desc(line_id), desc(movement), desc(line_kind)),
  };
}

/** A movement's dues and donation, each with its cents. */
const parts = sql`(values ('dues', ${ledger.base_subscription_cents}), ('donation', ${ledger.donation_cents})) as part (kind, cents)`;
const part_kind = sql<LedgerKind>`part.kind`;

/** Leaves out parts of zero: most movements have only one part. A free term keeps a line, for its receipt number. */
const partIsLine = sql`(part.cents <> 0
  or part.kind = 'dues' and ${ledger.donation_cents} = 0 and ${ledger.donation_id} is null)`;

/** The payment or the reversal. */
const movement_id = sql<string>`coalesce(${ledger.reversal_id}, ${ledger.payment_id})`;

const NEWEST: Order<{ occurred_at: string; line_id: string; movement: string; kind: string }> = {
  name: "ledger",
  descending: true,
  keys: [
    { expression: sql`${ledger.occurred_at}`, type: "timestamptz", of: (row) => row.occurred_at },
    { expression: movement_id, type: "uuid", of: (row) => row.line_id },
    { expression: sql`${ledger.kind}`, type: "text", of: (row) => row.movement },
    { expression: part_kind, type: "text", of: (row) => row.kind },
  ],
};

/**
 * Whether a line is recent enough for a page of this many lines. The payments alone fill a page, so what is older than they
 * are need not be read and sorted. An index on `payments` finds how far back they go. The ledger is a view and has none.
 */
const lineIsNear = (which: SQL | undefined, lines: number) => sql`${ledger.occurred_at} >= coalesce((
  select ${ledger.occurred_at}
  from (select ${payments.paid_at} as occurred_at, 'payment' as kind, ${payments.id} as payment_id, null::uuid as reversal_id,
      ${payments.base_subscription_cents}, ${payments.donation_cents}, ${payments.donation_id}, ${payments.payment_method}
    from ${payments}) as ${ledger}
  cross join lateral ${parts}
  where ${which} order by ${ledger.occurred_at} desc offset ${lines} limit 1), '-infinity')`;

/** The lines of a page. Names and references are looked up only for these. */
const linesOf = (which: SQL | undefined, limit: number) =>
  query
    .select({
      occurred_at: ledger.occurred_at,
      line_id: movement_id.as("line_id"),
      movement: sql<string>`${ledger.kind}`.as("movement"),
      kind: part_kind.as("part_kind"),
      cents: sql<number>`part.cents`.as("cents"),
      payment_id: ledger.payment_id,
      reversal_id: ledger.reversal_id,
    })
    .from(ledger)
    .crossJoinLateral(parts)
    .where(and(which, lineIsNear(which, limit)))
    .orderBy(...by(NEWEST))
    .limit(limit)
    .as("line");

/** Names the columns of a line. */
const line = linesOf(sql`true`, 0);

function columnsIn(currency: string, seen_by: string) {
  const isDonation = sql`${donations.id} is not null`;
  const shown = <T>(column: SQL<T>) =>
    sql<T | null>`case when ${donations.id} is null or ${donorIsShown(seen_by)} then ${column} end`;
  return {
    day: dayColumn("Day", line.occurred_at),
    occurred_at: timeColumn("Time", line.occurred_at),
    movement: column("Movement", line.movement),
    kind: column("Kind", line.kind),
    payment_method: column("Payment method", payments.payment_method),
    currency: column("Currency", sql`${currency}::text`),
    amount_cents: moneyColumn("Amount", line.cents),
    receipt_number: column("Receipt number", payments.receipt_number),
    name: column("Name", shown(sql`coalesce(${donations.donor_name}, ${fullNameOf(users)})`)),
    email: column("Email", shown(sql`case when ${isDonation} then ${donations.donor_email} else ${users.email} end`)),
    user_id: column("Member ID", shown(sql`${payments.user_id}`)),
    anonymous: column("Anonymous", sql`coalesce(${donations.anonymous}, false)`),
    donation_type: column("Donation type", donations.donation_type),
    recorded_by: column(
      "Recorded by",
      nameOf(sql`case when ${reversals.id} is null then ${payments.recorded_by} else ${reversals.requested_by} end`),
    ),
    payment_id: column("Payment ID", payments.id),
    reversal_id: column("Reversal ID", reversals.id),
    subscription_id: column("Subscription ID", payments.subscription_id),
    donation_id: column("Donation ID", payments.donation_id),
    stripe_invoice_id: column("Stripe invoice", payments.stripe_invoice_id),
    stripe_payment_intent_id: column("Stripe payment", payments.stripe_payment_intent_id),
    stripe_reversal_id: column("Stripe refund or dispute", reversals.stripe_id),
  };
}
