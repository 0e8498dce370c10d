import { eq, sql } from "drizzle-orm";
import { effect, guard, query } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Message } from "../../http/schemas.ts";
import { second_factors } from "../tables.ts";
import { announce, beginChange, hasFactor, keepOnlyThisSession } from "./change.ts";
import { isRequired } from "./needed.ts";
import { voidRecoveryCodes } from "./recovery-codes.ts";

/**
 * Removes the second factor and its recovery codes. This session goes on, all others end. Refuses whoever has none, and
 * whoever holds a role that insists on one.
 */
export async function disable(ctx: SignedInContext): Promise<Message> {
  const { user_id } = ctx;
  await ctx.transact(
    ...beginChange(ctx),
    hasFactor(user_id),
    guard(
      sql`not ${isRequired(ctx.settings, sql`${user_id}::uuid`)}`,
      409,
      "second_factor_required_by_role",
      "Your role needs a second factor: it cannot be removed.",
    ),
    effect(query.delete(second_factors).where(eq(second_factors.user_id, user_id))),
    voidRecoveryCodes(user_id),
    ...keepOnlyThisSession(ctx, { second_factor: false }),
    announce(ctx, "disabled"),
  );
  return { message: "Your second factor is removed. All other devices were signed out." };
}
