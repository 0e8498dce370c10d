import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { audit_log } from "../../tables/access.ts";
import { guardHasFactor, lockSignedInPerson, mailFactorChange } from "./change.ts";
import { newRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes.ts";
import type { RecoveryCodes } from "./schemas.ts";

/** Replaces my recovery codes with ten new ones, which are shown only once. 409 without a second factor. */
export async function renewRecoveryCodes(ctx: SignedInContext): Promise<RecoveryCodes> {
  const { user_id, request_id } = ctx;
  const { codes, hashes } = await newRecoveryCodes(user_id);
  await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    guardHasFactor(t, user_id);
    replaceRecoveryCodes(t, user_id, hashes);
    t.effect(
      query.insert(audit_log).values({
        actor_id: user_id,
        request_id,
        action: "recovery_codes.renewed",
        subject_type: "users",
        subject_id: user_id,
      }),
    );
    mailFactorChange(t, ctx, "recovery_codes_renewed");
  });
  return { recovery_codes: codes };
}
