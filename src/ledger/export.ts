import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { cellsOf, column, dayColumn, moneyColumn, timeColumn } from "../http/csv-columns.ts";
import { exportCsv } from "../http/export.ts";
import type { Download } from "../http/route.ts";
import { donations } from "../tables/donations.ts";
import { ledger, payments, reversals } from "../tables/ledger.ts";
import { fullNameOf, nameOf, users } from "../tables/people.ts";
import { isOnDays } from "../time/days.ts";
import { donorEmail, donorIsShown, donorName } from "./donor.ts";
import { personOf } from "./donor-person.ts";
import { daysOf } from "./figures.ts";
import { lineKind, linesOf, NEWEST_LINE } from "./lines.ts";
import type { LedgerExport } from "./schemas.ts";

/**
 * Every movement of money and every fee of Stripe in a period as a CSV file, with dues and donations on lines of their own.
 * It has only the kinds that this person may export. Each page checks that again.
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
    kind && sql`${lineKind} = ${kind}`,
    sql`case ${lineKind} when 'dues' then ${personHolds(user_id, "subscriptions.export")}
      else ${personHolds(user_id, "donations.export")} end`,
  );
  const { occurred_at, line_id, movement, kind: line_kind, fee_id } = line;
  return {
    table: "ledger",
    filters,
    options: { bom, headers, amounts },
    columns,
    order: NEWEST_LINE,
    about_people: true as const,
    select: (from: SQL, limit: number) =>
      query
        .select({
          person_id: payerColumn(user_id, personOf(payments.user_id)),
          occurred_at,
          line_id,
          movement,
          kind: line_kind,
          fee_id,
          cells: cellsOf(columns),
        })
        .from(linesOf(and(wanted, from), limit))
        .innerJoin(payments, eq(payments.id, line.payment_id))
        .leftJoin(reversals, eq(reversals.id, line.reversal_id))
        .leftJoin(donations, eq(donations.id, payments.donation_id))
        .leftJoin(users, eq(users.id, payments.user_id))
        .orderBy(desc(occurred_at), desc(line_id), desc(movement), desc(line_kind), desc(fee_id)),
  };
}

/** Names the columns of a line. The names and references are looked up only for the lines of a page. */
const line = linesOf(sql`true`, 0);

/** A column that says who paid. Null where it is a donor whom this person may not see. */
const payerColumn = <T>(seen_by: string, column: SQL<T>): SQL<T | null> =>
  sql<T | null>`case when ${donations.id} is null or ${donorIsShown(seen_by)} then ${column} end`;

function columnsIn(currency: string, seen_by: string) {
  const shown = <T>(column: SQL<T>) => payerColumn(seen_by, column);
  return {
    day: dayColumn("Day", line.occurred_at),
    occurred_at: timeColumn("Time", line.occurred_at),
    movement: column("Movement", line.movement),
    kind: column("Kind", line.kind),
    payment_method: column("Payment method", payments.payment_method),
    currency: column("Currency", sql`${currency}::text`),
    amount_cents: moneyColumn("Amount", line.cents),
    receipt_number: column("Receipt number", payments.receipt_number),
    name: column("Name", shown(sql`coalesce(${donorName}, ${fullNameOf(users)})`)),
    email: column("Email", shown(sql`coalesce(${donorEmail}, ${users.email})`)),
    user_id: column("Member ID", shown(sql`${payments.user_id}`)),
    anonymous: column("Anonymous", sql`coalesce(${donations.anonymous}, false)`),
    donation_type: column("Donation type", donations.donation_type),
    recorded_by: column(
      "Recorded by",
      nameOf(sql`case when ${line.movement} = 'fee' then null when ${reversals.id} is null then ${payments.recorded_by}
        else ${reversals.requested_by} end`),
    ),
    payment_id: column("Payment ID", payments.id),
    reversal_id: column("Reversal ID", reversals.id),
    subscription_id: column("Subscription ID", payments.subscription_id),
    donation_id: column("Donation ID", payments.donation_id),
    stripe_invoice_id: column("Stripe invoice", payments.stripe_invoice_id),
    stripe_payment_intent_id: column("Stripe payment", payments.stripe_payment_intent_id),
    stripe_reversal_id: column("Stripe refund or dispute", reversals.stripe_id),
    stripe_fee_id: column("Stripe fee", sql`nullif(${line.fee_id}, '')`),
  };
}
