import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { donation_receipts, donations } from "../../tables/donations.ts";
import { users } from "../../tables/people.ts";
import { mailReceiptAgain, receiptAddress } from "../receipt.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation } from "./schemas.ts";

/** How often a receipt can be sent again, after the first one. */
const MOST_RESENDS = 20;

/**
 * Mails the donor the receipt again. 404 if the donation does not exist; 409 if it was not paid, was refunded, has no
 * address, or its receipt was sent so often that it would annoy somebody.
 */
export function resendReceipt(ctx: SignedInContext, id: string): Promise<Donation> {
  const donation = eq(donations.id, id);
  return ctx.transact((t) => {
    lockDonation(t, id);
    t.guard(
      sql`exists (select from ${donations} where ${and(donation, eq(donations.status, "completed"))})`,
      409,
      "not_completed",
      "Only a donation that was paid and not refunded has a receipt.",
    );
    t.guard(
      sql`exists (select from ${donations} left join ${users} on ${eq(users.id, donations.user_id)}
        where ${and(donation, isNotNull(receiptAddress))})`,
      409,
      "no_address",
      "This donation has no address to send a receipt to.",
    );
    t.guard(
      sql`(select count(*) from ${donation_receipts} where ${eq(donation_receipts.donation_id, id)}) <= ${MOST_RESENDS}`,
      409,
      "resent_too_often",
      `This receipt was already sent again ${MOST_RESENDS} times.`,
    );
    mailReceiptAgain(t, id);
    return readDonation(t, ctx, id);
  });
}
