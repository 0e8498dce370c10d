import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { guard } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { emails } from "../mail/tables.ts";
import { users } from "../members/tables.ts";
import { lockDonation, MOST_RESENDS, selectDonation, toDonation } from "./find.ts";
import { mailReceipt, receiptAddress, receiptKey } from "./receipt.ts";
import type { Donation } from "./schemas.ts";
import { donations } from "./tables.ts";

/** The number of the next receipt; null when there have been enough. */
const nextNumber = (id: string): SQL =>
  sql`(select min(n) from generate_series(1, ${MOST_RESENDS}::int) n
    where not exists (select from ${emails} where ${emails.dedupe_key} = ${receiptKey(id, sql`n`)}))`;

/**
 * Sends the donor the receipt again. 404 without such a donation; 409 when it was not paid, was given back, has no address
 * to send to, or was sent again so often that somebody is being annoyed.
 */
export async function resendReceipt(ctx: SignedInContext, id: string): Promise<Donation> {
  const donation = eq(donations.id, id);
  const found = await ctx.transact(
    lockDonation(id),
    guard(
      sql`exists (select from ${donations} where ${and(donation, eq(donations.status, "completed"))})`,
      409,
      "not_completed",
      "There is a receipt only for a donation that was paid and not given back.",
    ),
    guard(
      sql`exists (select from ${donations} left join ${users} on ${eq(users.id, donations.user_id)}
        where ${and(donation, isNotNull(receiptAddress))})`,
      409,
      "no_address",
      "This donation has no address to send a receipt to.",
    ),
    guard(
      sql`${nextNumber(id)} is not null`,
      409,
      "resent_too_often",
      `This receipt was sent again ${MOST_RESENDS} times already.`,
    ),
    mailReceipt(donation, receiptKey(id, nextNumber(id))),
    ...selectDonation(ctx, id),
  );
  return toDonation(ctx, ...found);
}
