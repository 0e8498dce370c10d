import { eq, type SQL, sql } from "drizzle-orm";
import { effect, guard, query, type Silent } from "../database/statements.ts";
import { payments, reversals } from "./tables.ts";

/** A refund that is asked for, of the one payment that `of` holds of, a condition on `payments`. */
interface WantedRefund {
  id: string;
  of: SQL;
  /** Without it: all that is left. */
  amount_cents?: number | undefined;
  /** What it is taken from, to be read in a sentence. */
  what: string;
}

const reversalsOf = (payment: SQL): SQL => sql`from ${reversals}
  join ${payments} on ${eq(payments.id, reversals.payment_id)} where ${payment}`;

/** Whether the money of a row of `reversals` is gone, or on its way. */
const leaves = sql`(${reversals.returned_at} is null and (${reversals.occurred_at} is not null
  or ${reversals.kind} = 'refund' and ${reversals.status} in ('requested', 'pending', 'requires_action')))`;

/** What of a payment can still go back, in cents. */
export const leftOf = (payment: SQL): SQL => sql`(
  coalesce((select sum(${payments.base_subscription_cents} + ${payments.donation_cents}) from ${payments} where ${payment}), 0)
  - coalesce((select sum(${reversals.amount_cents}) ${reversalsOf(payment)} and ${leaves}), 0))`;

/** Whether it was asked for before. */
export const isKnown = ({ id, of }: WantedRefund): SQL =>
  sql`exists (select ${reversalsOf(of)} and ${eq(reversals.id, id)})`;

/** 409 where another refund has the id: of another payment, or of another amount. */
export const idIsIts = ({ id, of, amount_cents }: WantedRefund): Silent =>
  guard(
    sql`not exists (select from ${reversals} join ${payments} on ${eq(payments.id, reversals.payment_id)}
      where ${eq(reversals.id, id)} and ((${of}) is not true or ${reversals.kind} <> 'refund'
        or ${reversals.amount_cents} <> ${amount_cents ?? null}::int))`,
    409,
    "refund_exists",
    "Another refund has this id already.",
  );

/** 409 where nothing is left of the payment, or less than is asked for. */
export const enoughIsLeft = (wanted: WantedRefund): [Silent, Silent] => {
  const { of, amount_cents = 0, what } = wanted;
  return [
    guard(
      sql`${isKnown(wanted)} or ${leftOf(of)} > 0`,
      409,
      "not_refundable",
      `Nothing is left of ${what} that could be refunded.`,
    ),
    guard(
      sql`${isKnown(wanted)} or ${amount_cents}::int <= ${leftOf(of)}`,
      409,
      "more_than_left",
      sql`${`Of ${what} `}::text || ${leftOf(of)} || ' cents are left.'`,
    ),
  ];
};

/** Writes it down once: what was paid online is asked of Stripe then, all else was given back by hand. */
export const writeRefund = (
  wanted: WantedRefund,
  { requested_by, reason = null }: { requested_by: string; reason?: string | null | undefined },
): Silent => {
  const online = eq(payments.payment_method, "stripe");
  return effect(
    query.execute(sql`
      insert into ${reversals} (id, payment_id, kind, status, amount_cents, reason, occurred_at, requested_by)
      select ${wanted.id}::uuid, ${payments.id}, 'refund', case when ${online} then 'requested' else 'succeeded' end,
        coalesce(${wanted.amount_cents ?? null}::int, ${leftOf(wanted.of)}), ${reason}, case when not ${online} then now() end,
        ${requested_by}::uuid
      from ${payments} where ${wanted.of} and not ${isKnown(wanted)}`),
  );
};
