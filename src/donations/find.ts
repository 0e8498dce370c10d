import { desc, eq, inArray, sql } from "drizzle-orm";
import { guard, many, one, query, type Silent } from "../database/statements.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { reversalColumns } from "../ledger/reversal.ts";
import { payments, reversals } from "../ledger/tables.ts";
import { emails } from "../mail/tables.ts";
import { donationColumns } from "./columns.ts";
import { ifShown } from "./donor.ts";
import { receiptKey } from "./receipt.ts";
import type { Donation } from "./schemas.ts";
import { donations } from "./tables.ts";

export const DONATION_NOT_FOUND = [404, "donation_not_found", "There is no such donation."] as const;

/** 404 unless there is such a donation. Whoever else changes it waits. */
export const lockDonation = (id: string): Silent =>
  guard(
    sql`(select ${donations.id} from ${donations} where ${eq(donations.id, id)} for update) is not null`,
    ...DONATION_NOT_FOUND,
  );

/** How often a receipt can be sent again. */
export const MOST_RESENDS = 20;

const itsPayment = (donation_id: string) =>
  query.select({ id: payments.id }).from(payments).where(eq(payments.donation_id, donation_id));

/**
 * A donation as somebody may see it, what went back of it, and the mails with its receipt; {@link toDonation} puts them
 * together.
 */
export const selectDonation = ({ user_id }: Pick<SignedInContext, "user_id">, id: string) =>
  [
    one(
      query
        .select(donationColumns(user_id))
        .from(donations)
        .leftJoin(payments, eq(payments.donation_id, donations.id))
        .where(eq(donations.id, id)),
      new Refusal(...DONATION_NOT_FOUND),
    ),
    many(
      query
        .select(reversalColumns)
        .from(reversals)
        .where(inArray(reversals.payment_id, itsPayment(id)))
        .orderBy(desc(reversals.created_at), desc(reversals.id)),
    ),
    many(
      query
        .select({
          to_email: ifShown(user_id, sql<string>`${emails.to_email}`),
          status: emails.status,
          created_at: emails.created_at,
          sent_at: emails.sent_at,
        })
        .from(emails)
        .innerJoin(donations, eq(donations.id, id))
        .where(
          sql`${emails.dedupe_key} = any(array(select ${receiptKey(id, sql`n`)} from generate_series(0, ${MOST_RESENDS}::int) n))`,
        )
        .orderBy(desc(emails.queue_number)),
    ),
  ] as const;

/** What {@link selectDonation} yields, as one. */
export const toDonation = (
  { settings }: Pick<Context, "settings">,
  donation: Omit<Donation, "currency" | "reversals" | "receipts">,
  its_reversals: Donation["reversals"],
  receipts: Donation["receipts"],
): Donation => ({ ...donation, currency: settings.CURRENCY, reversals: its_reversals, receipts });

/** One donation with the history of its money. 404 when there is none. */
export async function findDonation(ctx: SignedInContext, id: string): Promise<Donation> {
  return toDonation(ctx, ...(await ctx.transact(...selectDonation(ctx, id))));
}
