import { eq } from "drizzle-orm";
import { effect, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { lockDonation, selectDonation, toDonation } from "./find.ts";
import type { Donation, DonationDetails } from "./schemas.ts";
import { donations } from "./tables.ts";

/** Changes what volunteers know of a donation and its donor, and nothing about its money. 404 when there is none. */
export async function editDonation(ctx: SignedInContext, id: string, details: DonationDetails): Promise<Donation> {
  const found = await ctx.transact(
    lockDonation(id),
    effect(query.update(donations).set(details).where(eq(donations.id, id))),
    ...selectDonation(id),
  );
  return toDonation(ctx, ...found);
}
