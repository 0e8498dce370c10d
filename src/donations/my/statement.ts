import { and, eq, gte, lt, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { totalOf } from "../../ledger/figures.ts";
import { leftCents, receivedCents, reversedCents } from "../../ledger/left.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { fullName } from "../../people/name.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import type { GivingStatement, StatementLine, StatementPart, StatementSums } from "./schemas.ts";

const NO_STATEMENT = [
  404,
  "no_statement",
  "There is no statement for that year. There is one for each year from your first payment on.",
] as const;

/**
 * What the member gave in a calendar year (UTC). The date on which money moved decides its year. 404 for years before
 * their first payment and for future years.
 */
export async function givingStatement(ctx: SignedInContext, year: number): Promise<GivingStatement> {
  const { donor, organisation, movements } = await ctx.transact((t) => ({
    donor: t.one(selectDonor(ctx, year), new Refusal(...NO_STATEMENT)),
    organisation: t.one(selectBranding()),
    movements: t.many(selectMovements(ctx.user_id, year)),
  }));
  const of_donations = movements.filter(({ is_donation }) => is_donation);
  const of_dues = movements.filter(({ is_donation }) => !is_donation);
  const donations = part("donation", of_donations, "donation");
  const subscription_top_ups = part("subscription_top_up", of_dues, "donation");
  return {
    year,
    as_of: ctx.now.toISOString(),
    currency: ctx.settings.CURRENCY,
    organisation,
    donor_name: fullName(donor),
    donations,
    subscription_top_ups,
    total: addUp([donations, subscription_top_ups]),
    dues: part("dues", of_dues, "dues"),
  };
}

const beginningOf = (year: number) => new Date(Date.UTC(year, 0)).toISOString();

/** The member, if the year has begun and they paid something before it ended. */
const selectDonor = ({ user_id, now }: SignedInContext, year: number) =>
  query
    .select({ first_name: users.first_name, last_name: users.last_name })
    .from(users)
    .where(
      and(
        eq(users.id, user_id),
        sql`exists ${query
          .select({ id: payments.id })
          .from(payments)
          .where(and(eq(payments.user_id, user_id), lt(payments.paid_at, beginningOf(year + 1))))}`,
        year > now.getUTCFullYear() ? sql`false` : undefined,
      ),
    );

const sumsOf = (cents: SQLWrapper) => ({
  amount_cents: receivedCents(cents),
  refunded_cents: reversedCents(cents),
  net_cents: leftCents(cents),
});

/** Each payment that had money move during the year, with one set of sums for its donation and one for its dues. */
const selectMovements = (user_id: string, year: number) =>
  query
    .select({
      is_donation: sql<boolean>`${payments.donation_id} is not null`,
      paid_at: payments.paid_at,
      payment_method: payments.payment_method,
      donation: sumsOf(ledger.donation_cents),
      dues: sumsOf(ledger.base_subscription_cents),
    })
    .from(ledger)
    .innerJoin(payments, eq(payments.id, ledger.payment_id))
    .where(
      and(
        eq(ledger.user_id, user_id),
        gte(ledger.occurred_at, beginningOf(year)),
        lt(ledger.occurred_at, beginningOf(year + 1)),
      ),
    )
    .groupBy(payments.id)
    .orderBy(payments.paid_at, payments.id);

type Movement = Pick<StatementLine, "paid_at" | "payment_method"> & Record<"donation" | "dues", StatementSums>;

/** A line for each payment whose donation or dues (`sums`) moved during the year, and all lines added up. */
function part(kind: StatementLine["kind"], movements: Movement[], sums: "donation" | "dues"): StatementPart {
  const lines = movements
    .map(({ paid_at, payment_method, ...moved }) => ({ kind, paid_at, payment_method, ...moved[sums] }))
    .filter(({ amount_cents, refunded_cents }) => amount_cents !== 0 || refunded_cents !== 0);
  return { ...addUp(lines), lines };
}

const addUp = (parts: readonly StatementSums[]): StatementSums => ({
  amount_cents: totalOf(parts, ({ amount_cents }) => amount_cents),
  refunded_cents: totalOf(parts, ({ refunded_cents }) => refunded_cents),
  net_cents: totalOf(parts, ({ net_cents }) => net_cents),
});
