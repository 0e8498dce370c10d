import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { SignedInContext } from "../../http/context.ts";
import { donorMailAddress } from "../../ledger/donor.ts";
import { donation_receipts, donations } from "../../tables/donations.ts";
import { mailReceiptAgain } from "../receipt.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation } from "./schemas.ts";

/** How many times we send a receipt again, after the first one. */
const MOST_RESENDS = 20;

/**
 * Mails the donor the receipt again. 404 if the donation does not exist. 409 if it was not paid, was refunded in full,
 * has no address, or if we have already sent its receipt again {@link MOST_RESENDS} times.
 */
export function resendReceipt(ctx: SignedInContext, id: string): Promise<Donation> {
  const donation = eq(donations.id, id);
  return ctx.transact((t) => {
    lockDonation(t, id);
    t.guard(
      sql`exists (select from ${donations} where ${and(donation, eq(donations.status, "completed"))})`,
      409,
      "not_completed",
      "You can only send a receipt for a donation that was paid and not refunded in full.",
    );
    t.guard(
      sql`exists (select from ${donations} where ${and(donation, isNotNull(donorMailAddress))})`,
      409,
      "no_address",
      "This donation has no address to send a receipt to.",
    );
    t.guard(
      sql`(select count(*) from ${donation_receipts} where ${eq(donation_receipts.donation_id, id)}) <= ${MOST_RESENDS}`,
      409,
      "resent_too_often",
      `This receipt has already been sent again ${MOST_RESENDS} times.`,
    );
    mailReceiptAgain(t, id);
    return readDonation(t, ctx, id);
  });
}
