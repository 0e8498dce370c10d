import { eq, type SQL, sql } from "drizzle-orm";
import type { Silent } from "../database/statements.ts";
import { payments } from "../ledger/tables.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { gone } from "./columns.ts";
import { donations } from "./tables.ts";

/** The key of a donation's receipt in the outbox: 0 is the first one, then each that was sent again. */
export const receiptKey = (donation_id: string, number: SQL): SQL =>
  sql`'donation_receipt:' || ${donation_id}::text || case ${number} when 0 then '' else ':' || ${number} end`;

/** Where the receipt of a row of `donations` goes: to a member's own address, as it is now. */
export const receiptAddress = sql`coalesce(${users.email}, ${donations.donor_email})`;

/**
 * Mails the receipt of the donation that is `which` (a condition on `donations` and `payments`), where it was paid and there
 * is an address: with what went back of it until now.
 *
 * @param once a key: however often this happens, it is mailed once
 */
export const mailReceipt = (which: SQL, once: SQL): Silent =>
  mail("donation_receipt", {
    to: receiptAddress,
    user_id: users.id,
    data: {
      donor_name: sql`coalesce(${users.first_name}, ${donations.donor_name})`,
      amount_cents: payments.donation_cents,
      refunded_cents: sql`(${gone})`,
      paid_at: payments.paid_at,
      payment_method: payments.payment_method,
      message: donations.message,
    },
    from: sql`from ${donations} join ${payments} on ${eq(payments.donation_id, donations.id)}
      left join ${users} on ${eq(users.id, donations.user_id)}
      where ${which} and ${receiptAddress} is not null`,
    once,
  });
