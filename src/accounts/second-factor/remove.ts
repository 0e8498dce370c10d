import { eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Message } from "../../http/schemas.ts";
import { second_factors } from "../../tables/accounts.ts";
import { endOtherSessions, guardHasFactor, lockSignedInPerson, mailFactorChange } from "./change.ts";
import { personNeedsSecondFactor } from "./needed.ts";
import { deleteRecoveryCodes } from "./recovery-codes.ts";

/** Removes my second factor and recovery codes, and ends my other sessions. 409 if I have none, or my role needs it. */
export async function removeSecondFactor(ctx: SignedInContext): Promise<Message> {
  const { user_id } = ctx;
  await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    guardHasFactor(t, user_id);
    t.guard(
      sql`not ${personNeedsSecondFactor(ctx.settings, user_id)}`,
      409,
      "second_factor_required_by_role",
      "Your role requires a second factor, so you cannot remove it.",
    );
    t.effect(query.delete(second_factors).where(eq(second_factors.user_id, user_id)));
    deleteRecoveryCodes(t, user_id);
    endOtherSessions(t, ctx, { second_factor: false });
    mailFactorChange(t, ctx, "disabled");
  });
  return { message: "Your second factor is removed. All other devices were signed out." };
}
