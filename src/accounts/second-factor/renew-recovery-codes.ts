import { audit_log } from "../../access/tables.ts";
import { effect, query } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import { announce, beginChange, hasFactor } from "./change.ts";
import { issueRecoveryCodes } from "./recovery-codes.ts";
import type { RecoveryCodes } from "./schemas.ts";

/** Ten new recovery codes, shown this once; those before are void. Refuses whoever has no second factor. */
export async function renewRecoveryCodes(ctx: SignedInContext): Promise<RecoveryCodes> {
  const { user_id, request_id } = ctx;
  const { codes, issued } = await issueRecoveryCodes(user_id);
  await ctx.transact(
    ...beginChange(ctx),
    hasFactor(user_id),
    ...issued,
    effect(
      query.insert(audit_log).values({
        actor_id: user_id,
        request_id,
        action: "recovery_codes.renewed",
        subject_type: "users",
        subject_id: user_id,
      }),
    ),
    announce(ctx, "recovery_codes_renewed"),
  );
  return { recovery_codes: codes };
}
