import { and, eq, gte, lt, type SQLWrapper, sql } from "drizzle-orm";
import { selectBranding } from "../../branding/branding.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { leftCents, receivedCents, reversedCents } from "../../ledger/left.ts";
import { ledger, payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import type { GivingStatement, StatementLine, StatementPart } from "./schemas.ts";

/**
 * What the member gave in a calendar year (UTC). The date on which money moved decides its year. 404 for years before
 * their first payment and for future years.
 */
export async function givingStatement(ctx: SignedInContext, year: number): Promise<GivingStatement> {
  const { donor, organisation, movements } = await ctx.transact((t) => ({
    donor: t.one(
      selectDonor(ctx, year),
      new Refusal(
        404,
        "no_statement",
        "There is no statement for that year. There is one for each year from your first payment on.",
      ),
    ),
    organisation: t.one(selectBranding()),
    movements: t.many(selectMovements(ctx.user_id, year)),
  }));
  const of_donations = movements.filter(({ is_donation }) => is_donation);
  const of_dues = movements.filter(({ is_donation }) => !is_donation);
  const donations = part(of_donations.map((movement) => line("donation", movement, movement.donation)));
  const subscription_top_ups = part(
    of_dues.map((movement) => line("subscription_top_up", movement, movement.donation)),
  );
  return {
    year,
    as_of: ctx.now.toISOString(),
    currency: ctx.settings.CURRENCY,
    organisation,
    donor_name: `${donor.first_name} ${donor.last_name}`,
    donations,
    subscription_top_ups,
    total: addUp([donations, subscription_top_ups]),
    dues: part(of_dues.map((movement) => line("dues", movement, movement.dues))),
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

type StatementSums = Pick<StatementPart, "amount_cents" | "refunded_cents" | "net_cents">;

const line = (
  kind: StatementLine["kind"],
  { paid_at, payment_method }: Pick<StatementLine, "paid_at" | "payment_method">,
  sums: StatementSums,
): StatementLine => ({ kind, paid_at, payment_method, ...sums });

/** Keeps the lines on which money moved, and adds them up. */
function part(all: StatementLine[]): StatementPart {
  const lines = all.filter(({ amount_cents, refunded_cents }) => amount_cents !== 0 || refunded_cents !== 0);
  return { ...addUp(lines), lines };
}

const addUp = (parts: readonly StatementSums[]): StatementSums => ({
  amount_cents: parts.reduce((sum, { amount_cents }) => sum + amount_cents, 0),
  refunded_cents: parts.reduce((sum, { refunded_cents }) => sum + refunded_cents, 0),
  net_cents: parts.reduce((sum, { net_cents }) => sum + net_cents, 0),
});
