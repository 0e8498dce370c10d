import { and, eq, gte, lt, type SQLWrapper, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { totalOf } from "../../ledger/figures.ts";
import { leftCents, receivedCents, reversedCents } from "../../ledger/left.ts";
import { selectOrganisation } from "../../organisation/organisation.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { instantOf } from "../../time/days.ts";
import type { GivingStatement, StatementLine, StatementPart, StatementSums } from "./schemas.ts";
import { moneyIsOf, selectDonor, type Whose } from "./whose.ts";

/**
 * What somebody gave in a calendar year of the organization's time zone. The date on which money moved decides its year.
 * 404 for years before their first payment and for future years.
 *
 * @param seesLegalName whether the reader may see the legal name, for those who want it on documents
 */
export function statementOf(
  t: Plan,
  ctx: Context,
  whose: Whose,
  year: number,
  seesLegalName = sql`true`,
): Handle<GivingStatement> {
  const paidBefore = and(moneyIsOf(whose, payments), lt(payments.paid_at, beginningOf(year + 1)));
  t.guard(
    sql`(${beginningOf(year)} <= ${ctx.now.toISOString()}::timestamptz
      and exists (select from ${payments} where ${paidBefore}))`,
    404,
    "no_statement",
    "There is no statement for that year. There is one for each year from the first payment on.",
  );
  const read = {
    donor: t.one(selectDonor(whose, seesLegalName)),
    organisation: t.one(selectOrganisation(ctx.settings)),
    movements: t.many(selectMovements(whose, year)),
  };
  return t.combine(read, ({ donor, organisation, movements }) => {
    const of_donations = movements.filter(({ is_donation }) => is_donation);
    const of_dues = movements.filter(({ is_donation }) => !is_donation);
    const donations = part("donation", of_donations, "donation");
    const subscription_top_ups = part("subscription_top_up", of_dues, "donation");
    return {
      year,
      as_of: ctx.now.toISOString(),
      currency: ctx.settings.CURRENCY,
      organisation,
      ...donor,
      donations,
      subscription_top_ups,
      total: addUp([donations, subscription_top_ups]),
      dues: part("dues", of_dues, "dues"),
    };
  });
}

const beginningOf = (year: number) => instantOf(sql`make_date(${year}::integer, 1, 1)`);

const sumsOf = (cents: SQLWrapper) => ({
  amount_cents: receivedCents(cents),
  refunded_cents: reversedCents(cents),
  net_cents: leftCents(cents),
});

/** Each payment that had money move during the year, with one set of sums for its donation and one for its dues. */
const selectMovements = (whose: Whose, year: number) =>
  query
    .select({
      is_donation: sql<boolean>`${payments.donation_id} is not null`,
      receipt_number: payments.receipt_number,
      paid_at: payments.paid_at,
      payment_method: payments.payment_method,
      donation: sumsOf(ledger.donation_cents),
      dues: sumsOf(ledger.base_subscription_cents),
    })
    .from(ledger)
    .innerJoin(payments, eq(payments.id, ledger.payment_id))
    .where(
      and(
        moneyIsOf(whose, ledger),
        gte(ledger.occurred_at, beginningOf(year)),
        lt(ledger.occurred_at, beginningOf(year + 1)),
      ),
    )
    .groupBy(payments.id)
    .orderBy(payments.paid_at, payments.id);

type Movement = Pick<StatementLine, "receipt_number" | "paid_at" | "payment_method"> &
  Record<"donation" | "dues", StatementSums>;

/** A line for each payment whose donation or dues (`sums`) moved during the year, and all lines added up. */
function part(kind: StatementLine["kind"], movements: Movement[], sums: "donation" | "dues"): StatementPart {
  const lines = movements
    .map(({ receipt_number, paid_at, payment_method, ...moved }) => ({
      kind,
      receipt_number,
      paid_at,
      payment_method,
      ...moved[sums],
    }))
    .filter(({ amount_cents, refunded_cents }) => amount_cents !== 0 || refunded_cents !== 0);
  return { ...addUp(lines), lines };
}

const addUp = (parts: readonly StatementSums[]): StatementSums => ({
  amount_cents: totalOf(parts, ({ amount_cents }) => amount_cents),
  refunded_cents: totalOf(parts, ({ refunded_cents }) => refunded_cents),
  net_cents: totalOf(parts, ({ net_cents }) => net_cents),
});
