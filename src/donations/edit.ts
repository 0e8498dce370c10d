import { and, eq, isNotNull, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { donorIsShown } from "./donor.ts";
import { lockDonation, selectDonation, toDonation } from "./find.ts";
import type { Donation, DonationDetails } from "./schemas.ts";
import { donations } from "./tables.ts";

/**
 * Changes what volunteers know of a donation and its donor, and nothing about its money. 404 when there is none, 403 when
 * the donor is not shown to whoever asks: they would overwrite what they do not see, or end the anonymity and see it. A
 * member's name and address are those of the account, and stay as they are: 409 for others.
 */
export async function editDonation(ctx: SignedInContext, id: string, details: DonationDetails): Promise<Donation> {
  const { donor_name, donor_email, ...rest } = details;
  const { user_id } = donations;
  // As they are sent back: the schema trims them, and lowers the address.
  const isAnother = sql`(${donor_name ?? null}::text <> coalesce(btrim(${donations.donor_name}), '')
    or ${donor_email ?? null}::text <> coalesce(lower(btrim(${donations.donor_email})), ''))`;
  const unlessMember = (given: string | null, column: typeof donations.donor_name | typeof donations.donor_email) =>
    sql`case when ${user_id} is null then ${given}::text else ${column} end`;
  const found = await ctx.transact(
    lockDonation(id),
    guard(
      sql`exists (select from ${donations} where ${and(eq(donations.id, id), donorIsShown(ctx.user_id))})`,
      403,
      "donor_hidden",
      "Who gave anonymously is changed only by those who may see them.",
    ),
    guard(
      sql`not exists (select from ${donations} where ${and(eq(donations.id, id), isNotNull(user_id), isAnother)})`,
      409,
      "donor_is_member",
      "This is a member's donation: name and address are those of the account. Please leave them as they are.",
    ),
    effect(
      query
        .update(donations)
        .set({
          ...rest,
          ...(donor_name !== undefined && { donor_name: unlessMember(donor_name, donations.donor_name) }),
          ...(donor_email !== undefined && { donor_email: unlessMember(donor_email, donations.donor_email) }),
        })
        .where(eq(donations.id, id)),
    ),
    ...selectDonation(ctx, id),
  );
  return toDonation(ctx, ...found);
}
