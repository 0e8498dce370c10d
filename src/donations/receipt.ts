import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { donorGreeting, donorMailAddress, donorOnDocuments } from "../ledger/donor.ts";
import { paymentDonationReversed } from "../ledger/left.ts";
import { paymentReceiptNumber } from "../ledger/receipt-number.ts";
import { donation_receipts, donations } from "../tables/donations.ts";
import { payments } from "../tables/ledger.ts";
import { emails } from "../tables/mail.ts";
import { users } from "../tables/people.ts";

const paidDonations = sql`${donations} join ${payments} on ${eq(payments.donation_id, donations.id)}
  left join ${users} on ${eq(users.id, donations.user_id)}`;

/**
 * Mails the first receipt of a donation, if it was paid, has an address, and `when` (a condition on `donations` and
 * `payments`) holds. Once, however often this happens: lock the donation before, so that of two at once the second sees
 * the receipt of the first.
 */
export function mailFirstReceipt(t: Plan, donation_id: string, when: SQL): void {
  const isFirst = sql`not exists (select from ${donation_receipts} where ${eq(donation_receipts.donation_id, donation_id)})`;
  mailReceipt(t, donation_id, sql`${when} and ${isFirst}`, `donation_receipt:${donation_id}`);
}

/** Mails another receipt, which says what went back since. */
export const mailReceiptAgain = (t: Plan, donation_id: string): void => mailReceipt(t, donation_id, sql`true`);

/** @param key which the last release looks for: it may still run while we deploy, and a mail that it sent is the receipt */
function mailReceipt(t: Plan, donation_id: string, when: SQL, key: string | null = null): void {
  const id = sql`coalesce((select ${emails.id} from ${emails} where ${emails.dedupe_key} = ${key}), ${crypto.randomUUID()}::uuid)`;
  t.effect(
    query.execute(sql`
      insert into ${donation_receipts} (id, donation_id)
      select ${id}, ${donations.id} from ${paidDonations}
      where ${eq(donations.id, donation_id)} and ${when} and ${donorMailAddress} is not null`),
  );
  t.mail("donation_receipt", {
    id: donation_receipts.id,
    to: donorMailAddress,
    user_id: users.id,
    data: {
      donor_name: donorGreeting,
      received_from: donorOnDocuments,
      amount_cents: payments.donation_cents,
      refunded_cents: paymentDonationReversed,
      paid_at: payments.paid_at,
      payment_method: payments.payment_method,
      receipt_number: paymentReceiptNumber,
      message: donations.message,
    },
    from: sql`from ${paidDonations} join ${donation_receipts} on ${eq(donation_receipts.donation_id, donations.id)}
      where ${eq(donation_receipts.id, id)} and ${donorMailAddress} is not null`,
    once: sql`${key}`,
  });
}
