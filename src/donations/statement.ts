import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { ledger, payments } from "../ledger/tables.ts";
import { users } from "../members/tables.ts";
import { currentBranding } from "../settings/current-branding.ts";
import type { GivingStatement, StatementLine, StatementPart } from "./my-schemas.ts";

/**
 * What the member gave in a year, in UTC, by when the money moved. One round trip. 404 for the years before their first
 * payment and after the present one.
 */
export async function givingStatement(ctx: SignedInContext, year: number): Promise<GivingStatement> {
  const [donor, organisation, movements] = await ctx.transact(
    one(
      selectDonor(ctx, year),
      new Refusal(
        404,
        "no_statement",
        "There is no statement of this year. There is one of each year since your first payment, up to the present one.",
      ),
    ),
    one(currentBranding()),
    many(selectMovements(ctx.user_id, year)),
  );
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
    total: sumsOf([donations, subscription_top_ups]),
    dues: part(of_dues.map((movement) => line("dues", movement, movement.dues))),
  };
}

const beginningOf = (year: number) => new Date(Date.UTC(year, 0)).toISOString();

/** The member, if they had paid anything before the year was over, and the year has begun. */
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

interface Moved {
  came: number;
  went: number;
}

/** Each payment of which something moved within the year: what came in and what went back, of dues and donation. */
const selectMovements = (user_id: string, year: number) =>
  query
    .select({
      is_donation: sql<boolean>`${payments.donation_id} is not null`,
      paid_at: payments.paid_at,
      payment_method: payments.payment_method,
      donation: { came: came(sql`${ledger.donation_cents}`), went: went(sql`${ledger.donation_cents}`) },
      dues: {
        came: came(sql`${ledger.base_subscription_cents}`),
        went: went(sql`${ledger.base_subscription_cents}`),
      },
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

const came = (cents: SQL) => sql`coalesce(sum(${cents}) filter (where ${ledger.kind} = 'payment'), 0)`.mapWith(Number);

const went = (cents: SQL) =>
  sql`coalesce(-sum(${cents}) filter (where ${ledger.kind} <> 'payment'), 0)`.mapWith(Number);

const line = (
  kind: StatementLine["kind"],
  { paid_at, payment_method }: Pick<StatementLine, "paid_at" | "payment_method">,
  { came, went }: Moved,
): StatementLine => ({
  kind,
  paid_at,
  payment_method,
  amount_cents: came,
  refunded_cents: went,
  net_cents: came - went,
});

type Sums = Pick<StatementPart, "amount_cents" | "refunded_cents" | "net_cents">;

/** The lines of which something moved, and their sums. */
function part(lines: StatementLine[]): StatementPart {
  const moved = lines.filter(({ amount_cents, refunded_cents }) => amount_cents !== 0 || refunded_cents !== 0);
  return { ...sumsOf(moved), lines: moved };
}

const sumsOf = (parts: readonly Sums[]): Sums => ({
  amount_cents: parts.reduce((sum, { amount_cents }) => sum + amount_cents, 0),
  refunded_cents: parts.reduce((sum, { refunded_cents }) => sum + refunded_cents, 0),
  net_cents: parts.reduce((sum, { net_cents }) => sum + net_cents, 0),
});
