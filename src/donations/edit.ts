import { and, eq, isNotNull, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { donorIsShown } from "./donor.ts";
import { lockDonation, selectDonation, toDonation } from "./find.ts";
import type { Donation, DonationDetails } from "./schemas.ts";
import { donations } from "./tables.ts";

/**
 * Changes what volunteers know of a donation and its donor, and nothing about its money. 404 when there is none, 403 when
 * the donor is not shown to whoever asks: they would overwrite what they do not see, or end the anonymity and see it. 409 for
 * another name or address of a member, whose receipts go to the account's.
 */
export async function editDonation(ctx: SignedInContext, id: string, details: DonationDetails): Promise<Donation> {
  const { donor_name, donor_email } = details;
  const found = await ctx.transact(
    lockDonation(id),
    guard(
      sql`exists (select from ${donations} where ${and(eq(donations.id, id), donorIsShown(ctx.user_id))})`,
      403,
      "donor_hidden",
      "Who gave anonymously is changed only by those who may see them.",
    ),
    guard(
      sql`not exists (select from ${donations} where ${and(eq(donations.id, id), isNotNull(donations.user_id))}
        and (${donations.donor_name}, ${donations.donor_email}) is distinct from (${donor_name}::text, ${donor_email}::text))`,
      409,
      "donor_is_member",
      "This is a member's donation: name and address are those of the account. Please send them as they are.",
    ),
    effect(query.update(donations).set(details).where(eq(donations.id, id))),
    ...selectDonation(ctx, id),
  );
  return toDonation(ctx, ...found);
}
