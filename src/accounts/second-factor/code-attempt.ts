import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { lockPerson } from "../../people/person.ts";
import { audit_log } from "../../tables/access.ts";
import { login_attempts, recovery_codes } from "../../tables/accounts.ts";
import { type StoredFactor, selectFactor } from "./check-code.ts";
import { recoveryCodeIsUnused } from "./recovery-codes.ts";
import type { SecondFactorSignIn } from "./schemas.ts";
import { codesLockedSeconds, tooManyCodes } from "./wrong-codes.ts";

/** How many wrong codes end an attempt, so that the password must be given again. */
const MOST_WRONG_CODES = 5;

export const SIGN_IN_EXPIRED = [401, "sign_in_expired", "Please start again with your password."] as const;

/** What a code is checked against. */
export interface CodeAttempt {
  user_id: string;
  factor: StoredFactor;
  /** The hashes of the recovery codes that are left. */
  unused_hashes: string[];
}

export const attemptIsUnsettled = (attempt_id: string) =>
  sql`${and(eq(login_attempts.id, attempt_id), isNull(login_attempts.succeeded))}`;

/** Counts the code as wrong, and reads what to check it against. 401: the sign-in has expired. 429: codes are locked. */
export async function beginCode(
  ctx: Context,
  attempt_id: string,
  { recovery_code }: SecondFactorSignIn,
): Promise<CodeAttempt> {
  const personId = sql`(select user_id from ${login_attempts} where ${eq(login_attempts.id, attempt_id)})`;
  const attemptIsOpen = and(
    attemptIsUnsettled(attempt_id),
    eq(login_attempts.purpose, "sign_in"),
    gt(login_attempts.created_at, sql`now() - interval '10 minutes'`),
    lt(login_attempts.wrong_codes, MOST_WRONG_CODES),
  );
  const locked_seconds = codesLockedSeconds(personId);
  // Nobody can guess a recovery code, so the lock on the app's codes does not apply to it.
  const codeCounts = recovery_code === undefined ? and(attemptIsOpen, isNull(locked_seconds)) : attemptIsOpen;
  const { attempt, counted, factor, unused } = await ctx.transact((t) => {
    lockPerson(t, personId);
    return {
      attempt: t.maybe(
        query.select({ user_id: login_attempts.user_id, locked_seconds }).from(login_attempts).where(attemptIsOpen),
      ),
      counted: t.maybe(
        query
          .update(login_attempts)
          .set({ wrong_codes: sql`${login_attempts.wrong_codes} + 1` })
          .where(codeCounts)
          .returning({ id: login_attempts.id }),
      ),
      factor: t.maybe(selectFactor(personId)),
      unused: t.many(
        query
          .select({ code_hash: recovery_codes.code_hash })
          .from(recovery_codes)
          .where(recoveryCodeIsUnused(personId)),
      ),
    };
  });
  if (!attempt?.user_id || !factor) throw new Refusal(...SIGN_IN_EXPIRED);
  if (!counted) throw tooManyCodes(attempt.locked_seconds);
  return { user_id: attempt.user_id, factor, unused_hashes: unused.map(({ code_hash }) => code_hash) };
}

/** Takes back that the code was counted: it was right, or could not be checked. */
export const uncountCode = (t: Plan, attempt_id: string): void =>
  t.effect(
    query
      .update(login_attempts)
      .set({ wrong_codes: sql`${login_attempts.wrong_codes} - 1` })
      .where(eq(login_attempts.id, attempt_id)),
  );

/** Audits a wrong code. The last one that is allowed ends the attempt. */
export function recordWrongCode(t: Plan, { request_id }: Context, attempt_id: string, user_id: string): void {
  t.effect(
    query
      .insert(audit_log)
      .values({ request_id, action: "second_factor.failed", subject_type: "users", subject_id: user_id }),
  );
  t.effect(
    query
      .update(login_attempts)
      .set({ succeeded: false })
      .where(and(attemptIsUnsettled(attempt_id), sql`${login_attempts.wrong_codes} >= ${MOST_WRONG_CODES}`)),
  );
}
