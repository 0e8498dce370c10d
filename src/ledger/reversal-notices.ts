import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { donations } from "../tables/donations.ts";
import { payments, reversals } from "../tables/ledger.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { donorGreeting, donorMailAddress } from "./donor.ts";
import { NEWS_SINCE } from "./news.ts";

/**
 * Tells payers about their refunds, and volunteers about disputes. Tells both about failed refunds. Sends each mail
 * once: our rows remember what we told.
 *
 * Two webhooks at the same time still send each mail once. The upsert of the reversals runs before this and locks each
 * row, even if an older answer changes nothing. So the second transaction waits there, and then sees what the first one
 * told. The mails' keys are for the Worker of the previous release, which looks only at keys.
 *
 * @param given the rows from Stripe, under the name `given`
 */
export function writeReversalNotices(t: Plan, given: SQL): void {
  tellPayerOfRefund(t, given);
  tellPayerOfFailure(t, given);
  tellVolunteers(t, given);
}

const isRefund = eq(reversals.kind, "refund");
const refundFailed = sql`${reversals.status} in ('failed', 'canceled')`;
const amount_cents = reversals.amount_cents;
const stripe_id = sql<string>`${reversals.stripe_id}`;
const purpose = sql<
  "dues" | "donation"
>`case when ${payments.donation_id} is null and ${payments.base_subscription_cents} > 0 then 'dues' else 'donation' end`;

/** Whoever paid, a member or not. */
const payer = { to: sql<string>`coalesce(${mailableAddress}, ${donorMailAddress})`, user_id: users.id };
const name = sql<string | null>`coalesce(${users.first_name}, ${donorGreeting})`;

/** Refunds that are news, with a payer whom we can write to. */
const refundsWithPayer = (given: SQL, which: SQL): SQL => sql`from ${given}
  join ${reversals} on ${reversals.stripe_id} = given.stripe_id
  join ${payments} on ${eq(payments.id, reversals.payment_id)}
  left join ${users} on ${eq(users.id, payments.user_id)}
  left join ${donations} on ${eq(donations.id, payments.donation_id)}
  where ${isRefund} and given.created_at > ${NEWS_SINCE} and ${payer.to} is not null and ${which}`;

/** Records on the reversals of `from` what we told. */
function markNotified(t: Plan, from: SQL, notified: Partial<Record<keyof typeof reversals.$inferInsert, SQL>>): void {
  t.effect(query.update(reversals).set(notified).where(sql`${reversals.id} in (select ${reversals.id} ${from})`));
}

function tellPayerOfRefund(t: Plan, given: SQL): void {
  const from = refundsWithPayer(given, sql`${reversals.payer_notified_at} is null and not ${refundFailed}`);
  t.mail("refund_notice", {
    ...payer,
    data: { name, amount_cents, refunded_at: sql<string>`given.created_at`, what: purpose },
    from,
    once: sql`'refund:' || ${stripe_id}`,
  });
  markNotified(t, from, { payer_notified_at: sql`now()` });
}

/** Only a payer who heard of the refund needs to hear that it failed. */
function tellPayerOfFailure(t: Plan, given: SQL): void {
  const from = refundsWithPayer(
    given,
    sql`${reversals.payer_notified_at} is not null and ${reversals.failure_notified_at} is null and ${refundFailed}`,
  );
  t.mail("refund_failed", {
    ...payer,
    data: { name, amount_cents, what: purpose },
    from,
    once: sql`'refund_failed:' || ${stripe_id}`,
  });
  markNotified(t, from, { failure_notified_at: sql`now()` });
}

/** In an inquiry the bank only asks. It has taken no money: https://docs.stripe.com/disputes/how-disputes-work */
const isInquiry = sql<boolean>`(${reversals.status} = 'warning_needs_response')`;

/** The dispute of a bank debit is lost from the start. */
const isLost = sql<boolean>`(${reversals.status} = 'lost')`;
const isAppeal = sql<boolean>`(${reversals.status} = 'appeal_needs_response')`;

/**
 * Failed refunds, disputes that need a response, and lost ones, until volunteers know. An inquiry can become a dispute, a
 * dispute can be lost, and an appeal needs a response of its own.
 */
const newsToVolunteers = sql`(
  ${isRefund} and ${refundFailed} and given.created_at > ${NEWS_SINCE} and ${reversals.volunteers_notified_of} is null
  or ${eq(reversals.kind, "dispute")} and (
    ${reversals.status} = 'needs_response' and coalesce(${reversals.volunteers_notified_of}, 'inquiry') = 'inquiry'
    or ${isLost} and ${reversals.lost_since} > ${NEWS_SINCE} and ${reversals.volunteers_notified_of} is distinct from 'lost'
    or ${isAppeal} and ${reversals.volunteers_notified_of} is distinct from 'appeal'
    or ${isInquiry} and ${reversals.volunteers_notified_of} is null))`;

/**
 * Mails active people who may refund: they can find another way to pay the money back, or tell the bank why the payment
 * was right. The mails name nobody.
 */
function tellVolunteers(t: Plan, given: SQL): void {
  const news = sql`from ${given}
    join ${reversals} on ${reversals.stripe_id} = given.stripe_id
    join ${payments} on ${eq(payments.id, reversals.payment_id)}
    join ${users} on ${and(eq(users.status, "active"), inArray(users.id, holdersOf("donations.refund")))}
    where ${newsToVolunteers}`;
  const volunteer = { to: mailableAddress, user_id: users.id };
  const reversal = { amount_cents, payment_kind: purpose, stripe_id };
  t.mail("refund_undelivered", {
    ...volunteer,
    data: { ...reversal, told: sql<boolean>`${reversals.failure_notified_at} is not null` },
    from: sql`${news} and ${isRefund}`,
    once: sql`'refund_failed:' || ${stripe_id} || ':' || ${users.id}`,
  });
  t.mail("dispute_opened", {
    ...volunteer,
    data: {
      ...reversal,
      respond_by: sql<string | null>`given.respond_by`,
      inquiry: isInquiry,
      lost: isLost,
      appeal: isAppeal,
    },
    from: sql`${news} and not ${isRefund}`,
    once: sql`'dispute:' || ${stripe_id} || case when ${isInquiry} then ':inquiry' when ${isLost} then ':lost' when ${isAppeal} then ':appeal' else '' end || ':' || ${users.id}`,
  });
  markNotified(t, news, {
    volunteers_notified_of: sql`case when ${isRefund} then 'failure' when ${isInquiry} then 'inquiry' when ${isLost} then 'lost' when ${isAppeal} then 'appeal' else 'dispute' end`,
  });
}
