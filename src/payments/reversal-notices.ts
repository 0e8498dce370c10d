import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import type { Silent } from "../database/statements.ts";
import { donations } from "../donations/tables.ts";
import { payments } from "../ledger/tables.ts";
import { mail } from "../mail/outbox.ts";
import { emails } from "../mail/tables.ts";
import { users } from "../members/tables.ts";
import { RECENTLY } from "./recently.ts";

/**
 * Tells whoever paid of refunds, and those who may refund of disputes and of refunds that failed; each once.
 *
 * @param given the rows that Stripe gave, called `given`
 * @param paidBy joins the payments that they left
 */
export const reversalNotices = (given: SQL, paidBy: SQL): Silent[] => [
  refundNotices(given, paidBy),
  ...failureNotices(given, paidBy),
  disputeNotices(given, paidBy),
];

const amount_cents = sql`given.amount_cents`;
const purpose = sql`case when ${payments.donation_id} is null then 'dues' else 'donation' end`;
const isFailed = sql`given.status in ('failed', 'canceled')`;
const wasTold = sql`'refund:' || given.stripe_id`;
const isTold = sql`'refund_failed:' || given.stripe_id`;

/** Whoever paid, a member or not, where there is an address of theirs. */
const payer = {
  to: sql`coalesce(${users.email}, ${donations.donor_email})`,
  user_id: users.id,
  name: sql`coalesce(${users.first_name}, ${donations.donor_name})`,
  ofRefunds: (given: SQL, paidBy: SQL) => sql`from ${given} ${paidBy}
    left join ${users} on ${eq(users.id, payments.user_id)}
    left join ${donations} on ${eq(donations.id, payments.donation_id)}
    where given.kind = 'refund' and given.created_at > ${RECENTLY}
      and coalesce(${users.email}, ${donations.donor_email}) is not null`,
};

/** What treasurers read of any reversal: it names nobody. */
const reversed = { amount_cents, payment_kind: purpose, stripe_id: sql`given.stripe_id` };

/** To those who can give money back, once to each: they can also say why a payment was right. */
const toTreasurers = (given: SQL, paidBy: SQL, { where, once }: { where: SQL; once: SQL }) => ({
  to: users.email,
  user_id: users.id,
  from: sql`from ${given} ${paidBy}
    join ${users} on ${and(eq(users.status, "active"), inArray(users.id, holdersOf("donations.refund")))}
    where ${where}`,
  once: sql`${once} || ':' || ${users.id}`,
});

const refundNotices = (given: SQL, paidBy: SQL): Silent =>
  mail("refund_notice", {
    to: payer.to,
    user_id: payer.user_id,
    data: { name: payer.name, amount_cents, refunded_at: sql`given.created_at`, what: purpose },
    from: sql`${payer.ofRefunds(given, paidBy)} and not ${isFailed}`,
    once: wasTold,
  });

/** Of a refund that came to nothing: to the payer, if they were told that money comes, and to those who can find another way. */
const failureNotices = (given: SQL, paidBy: SQL): [Silent, Silent] => [
  mail("refund_failed", {
    to: payer.to,
    user_id: payer.user_id,
    data: { name: payer.name, amount_cents, what: purpose },
    from: sql`${payer.ofRefunds(given, paidBy)} and ${isFailed}
      and exists (select from ${emails} where ${emails.dedupe_key} = ${wasTold})`,
    once: isTold,
  }),
  mail("refund_undelivered", {
    ...toTreasurers(given, paidBy, {
      where: sql`given.kind = 'refund' and ${isFailed} and given.created_at > ${RECENTLY}`,
      once: isTold,
    }),
    data: { ...reversed, told: sql`exists (select from ${emails} where ${emails.dedupe_key} = ${isTold})` },
  }),
];

/** A bank that only asks has taken nothing: https://docs.stripe.com/disputes/how-disputes-work */
const isInquiry = sql`(given.status = 'warning_needs_response')`;

const disputeNotices = (given: SQL, paidBy: SQL): Silent =>
  mail("dispute_opened", {
    ...toTreasurers(given, paidBy, {
      where: sql`given.kind = 'dispute' and given.status in ('needs_response', 'warning_needs_response')`,
      // An inquiry that becomes a dispute keeps its id.
      once: sql`'dispute:' || given.stripe_id || case when ${isInquiry} then ':inquiry' else '' end`,
    }),
    data: { ...reversed, respond_by: sql`given.respond_by`, inquiry: isInquiry },
  });
