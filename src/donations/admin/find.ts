import { desc, eq, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { donorColumn, donorEmail } from "../../ledger/donor.ts";
import { reversalColumns } from "../../ledger/reversal.ts";
import { donation_receipts, donations } from "../../tables/donations.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { emails } from "../../tables/mail.ts";
import { type Donation, donationColumns } from "./schemas.ts";

const DONATION_NOT_FOUND = [404, "donation_not_found", "There is no such donation."] as const;

/** Makes others who change this donation wait. 404 if it does not exist. */
export const lockDonation = (t: Plan, id: string): void =>
  t.guard(
    sql`(select ${donations.id} from ${donations} where ${eq(donations.id, id)} for update) is not null`,
    ...DONATION_NOT_FOUND,
  );

/** Where a receipt went. Null for an address that a member no longer has: it can have a former name in it. */
const notFormer = sql<
  string | null
>`case when ${donations.user_id} is null or ${emails.to_email} = ${donorEmail} then ${emails.to_email} end`;

/** A donation with its reversals and receipts, as far as this person may see it. 404 if it does not exist. */
export function readDonation(
  t: Plan,
  { user_id, settings }: Pick<SignedInContext, "user_id" | "settings">,
  id: string,
): Handle<Donation> {
  const donation = t.one(
    query
      .select(donationColumns(settings.CURRENCY, user_id))
      .from(donations)
      .leftJoin(payments, eq(payments.donation_id, donations.id))
      .where(eq(donations.id, id)),
    new Refusal(...DONATION_NOT_FOUND),
  );
  const gone = t.many(
    query
      .select(reversalColumns)
      .from(reversals)
      .innerJoin(payments, eq(payments.id, reversals.payment_id))
      .where(eq(payments.donation_id, id))
      .orderBy(desc(reversals.created_at), desc(reversals.id)),
  );
  const receipts = t.many(
    query
      .select({
        to_email: donorColumn(user_id, notFormer),
        status: emails.status,
        created_at: emails.created_at,
        sent_at: emails.sent_at,
      })
      .from(donation_receipts)
      .innerJoin(emails, eq(emails.id, donation_receipts.id))
      .innerJoin(donations, eq(donations.id, donation_receipts.donation_id))
      .where(eq(donation_receipts.donation_id, id))
      .orderBy(desc(emails.queue_number)),
  );
  return t.combine({ donation, reversals: gone, receipts }, ({ donation, ...lists }) => ({ ...donation, ...lists }));
}

/** One donation with the history of its money. 404 if it does not exist. */
export const findDonation = (ctx: SignedInContext, id: string): Promise<Donation> =>
  ctx.transact((t) => readDonation(t, ctx, id));
