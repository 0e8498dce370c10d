import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Silent } from "../database/statements.ts";
import { receiptAddress } from "../donations/receipt.ts";
import { donations } from "../donations/tables.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { toInstant } from "../stripe/values.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { RECENTLY } from "./recently.ts";

/** A checkout of Stripe's, or the subscription that it began, that a bank did not pay after all. */
interface Unpaid {
  id: string;
  created: number;
  amount_cents: number;
}

/**
 * Tells whoever was to pay the dues of `row` (a condition on `subscriptions`) that nothing was taken; once, and not where
 * they have paid otherwise since.
 */
export const duesNotPaid = (unpaid: Unpaid, row: SQL): Silent =>
  mail("checkout_failed", {
    to: users.email,
    user_id: users.id,
    data: { name: users.first_name, amount_cents: sql`${unpaid.amount_cents}::integer`, what: sql`'dues'` },
    from: sql`from ${subscriptions} join ${users} on ${eq(users.id, subscriptions.user_id)}
      where ${and(row, eq(subscriptions.status, "pending"), isNews(unpaid))}`,
    once: onceOf(unpaid),
  });

/** The same of a donation; `row` is a condition on `donations`. */
export const donationNotPaid = (unpaid: Unpaid, row: SQL): Silent =>
  mail("checkout_failed", {
    to: receiptAddress,
    user_id: users.id,
    data: {
      name: sql`coalesce(${users.first_name}, ${donations.donor_name})`,
      amount_cents: sql`${unpaid.amount_cents}::integer`,
      what: sql`'donation'`,
    },
    from: sql`from ${donations} left join ${users} on ${eq(users.id, donations.user_id)}
      where ${and(row, isNull(donations.completed_at), isNews(unpaid))} and ${receiptAddress} is not null`,
    once: onceOf(unpaid),
  });

const isNews = ({ created }: Unpaid): SQL => sql`${toInstant(created)}::timestamptz > ${RECENTLY}`;
const onceOf = ({ id }: Unpaid): SQL => sql`${`checkout_failed:${id}`}`;
