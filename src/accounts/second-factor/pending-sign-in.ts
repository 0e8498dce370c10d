import { sign, unsign } from "../../access/signatures.ts";
import type { Context } from "../../http/context.ts";
import type { SecondFactorNeeded } from "../schemas.ts";

/** How long a person may take to give a code after the password. */
const LIFETIME_SECONDS = 600;

/** The answer to a right password that still needs a code. Its token stands for the attempt to sign in. */
export async function pendingSignIn({ settings, now }: Context, attempt_id: string): Promise<SecondFactorNeeded> {
  const expires = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
  return {
    mfa_required: true,
    mfa_token: await sign(settings, "second_factor", `${attempt_id}.${expires}`),
    expires_in: LIFETIME_SECONDS,
  };
}

/** The attempt that a token stands for, or null when it is not ours or too old. */
export async function readPendingSignIn({ settings, now }: Context, token: string): Promise<string | null> {
  const [attempt_id, expires] = (await unsign(settings, "second_factor", token))?.split(".") ?? [];
  return attempt_id && Number(expires) > now.getTime() / 1000 ? attempt_id : null;
}
