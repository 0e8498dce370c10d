import { and, eq, isNotNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { donorEmail, donorIsShown, donorName } from "../../ledger/donor.ts";
import { donations } from "../../tables/donations.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation, DonationDetails } from "./schemas.ts";

/**
 * Changes a donation's donor and notes, never its money. 404 if it does not exist. 403 if the actor may not see the donor:
 * they could overwrite what they cannot see, or make it public. 409 if a member's name or address would change.
 */
export function editDonation(ctx: SignedInContext, id: string, details: DonationDetails): Promise<Donation> {
  const { donor_name, donor_email, ...rest } = details;
  const { user_id } = donations;
  // Compared in the form in which clients send it back: the schema trims names, and trims and lowercases addresses.
  const donorChanges = sql`(${donor_name ?? null}::text <> coalesce(btrim(${donorName}), '')
    or ${donor_email ?? null}::text <> coalesce(lower(btrim(${donorEmail})), ''))`;
  const unlessMember = (given: string | null, column: typeof donations.donor_name | typeof donations.donor_email) =>
    sql`case when ${user_id} is null then ${given}::text else ${column} end`;
  return ctx.transact((t) => {
    lockDonation(t, id);
    t.guard(
      sql`exists (select from ${donations} where ${and(eq(donations.id, id), donorIsShown(ctx.user_id))})`,
      403,
      "donor_hidden",
      "This donation is anonymous. Only people who may see its donor can change it.",
    );
    t.guard(
      sql`not exists (select from ${donations} where ${and(eq(donations.id, id), isNotNull(user_id), donorChanges)})`,
      409,
      "donor_is_member",
      "This is a member's donation. The donor's name and address come from their account, so please leave them as they are.",
    );
    t.effect(
      query
        .update(donations)
        .set({
          ...rest,
          ...(donor_name !== undefined && { donor_name: unlessMember(donor_name, donations.donor_name) }),
          ...(donor_email !== undefined && { donor_email: unlessMember(donor_email, donations.donor_email) }),
        })
        .where(eq(donations.id, id)),
    );
    return readDonation(t, ctx, id);
  });
}
