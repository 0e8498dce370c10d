import { sql } from "drizzle-orm";
import { networkName } from "../../access/signatures.ts";
import type { Plan } from "../../database/plan.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { lockPerson } from "../../people/person.ts";
import { login_attempts, recovery_codes } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import { toPerson } from "../address.ts";
import { settleAttempt } from "../attempts.ts";
import type { SignIn } from "../schemas.ts";
import { issueTokens, startSession } from "../session.ts";
import { checkCode, claimCode } from "./check-code.ts";
import {
  attemptIsUnsettled,
  beginCode,
  type CodeAttempt,
  recordWrongCode,
  SIGN_IN_EXPIRED,
  uncountCode,
} from "./code-attempt.ts";
import { readPendingSignIn } from "./pending-sign-in.ts";
import { claimRecoveryCode, hashRecoveryCode, recoveryCodeIsUnused } from "./recovery-codes.ts";
import type { SecondFactorSignIn } from "./schemas.ts";

const WRONG_CODE = [401, "invalid_code", "The code is wrong or was already used."] as const;

/**
 * The second step of signing in: a code from the authenticator app, or a recovery code. We count it as wrong before the
 * check, so that codes tried at the same time all count. We take that back if it is right or if we cannot check it.
 */
export async function signInWithSecondFactor(ctx: Context, given: SecondFactorSignIn): Promise<SignIn> {
  const attempt_id = await readPendingSignIn(ctx, given.mfa_token);
  if (!attempt_id) throw new Refusal(...SIGN_IN_EXPIRED);
  const network = await networkName(ctx.settings, ctx.client.network);
  const attempt = await beginCode(ctx, attempt_id, given);
  const { user_id } = attempt;
  const claim = await checkGivenCode(ctx, given, attempt).catch(async (error: unknown) => {
    await ctx.transact((t) => uncountCode(t, attempt_id));
    throw error;
  });
  if (!claim) {
    await ctx.transact((t) => recordWrongCode(t, ctx, attempt_id, user_id));
    throw new Refusal(...WRONG_CODE);
  }
  const { session, user } = await ctx.transact((t) => {
    // A password change settles open attempts and ends all sessions. The lock makes one wait for the other: the change
    // ends the new session, or the guard below sees that the change settled this attempt.
    lockPerson(t, user_id);
    t.guard(sql`exists (select from ${login_attempts} where ${attemptIsUnsettled(attempt_id)})`, ...SIGN_IN_EXPIRED);
    claim(t);
    uncountCode(t, attempt_id);
    settleAttempt(t, attempt_id, true, user_id);
    if (given.recovery_code !== undefined) mailRecoveryCodeUsed(t, user_id);
    return startSession(t, ctx, user_id, { network, second_factor: true });
  });
  return issueTokens(ctx, session, user);
}

/** Checks the code. Returns a function that uses it up, or null if the code is wrong. */
async function checkGivenCode(
  ctx: Context,
  { code, recovery_code }: SecondFactorSignIn,
  { user_id, factor, unused_hashes }: CodeAttempt,
): Promise<((t: Plan) => void) | null> {
  if (code !== undefined) {
    const checked = await checkCode(ctx, factor, code);
    return checked ? (t) => claimCode(t, factor, checked, WRONG_CODE) : null;
  }
  const code_hash = await hashRecoveryCode(user_id, recovery_code ?? "");
  return unused_hashes.includes(code_hash) ? (t) => claimRecoveryCode(t, user_id, code_hash, WRONG_CODE) : null;
}

const mailRecoveryCodeUsed = (t: Plan, user_id: string): void =>
  t.mail("recovery_code_used", {
    ...toPerson(user_id),
    data: {
      first_name: users.first_name,
      left: sql<number>`(select count(*) from ${recovery_codes} where ${recoveryCodeIsUnused(user_id)})`,
    },
  });
