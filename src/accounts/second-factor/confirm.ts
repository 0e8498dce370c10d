import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal, tooMany } from "../../http/errors.ts";
import { second_factors } from "../../tables/accounts.ts";
import { beginReauthentication, settleAttempt, withdrawOnError } from "../attempts.ts";
import { endOtherSessions, guardHasNoFactor, lockSignedInPerson, mailFactorChange } from "./change.ts";
import { checkCode, selectUnconfirmedFactor } from "./check-code.ts";
import { newRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes.ts";
import type { CodeInput, RecoveryCodes } from "./schemas.ts";

/** Turns on a second factor: a code shows that the app has the secret. Ends all other sessions. 400 for a wrong code. */
export async function confirmSecondFactor(ctx: SignedInContext, { code }: CodeInput): Promise<RecoveryCodes> {
  const { user_id } = ctx;
  // Wrong codes are counted by the secret that they are for, so a new secret starts over.
  const source = sql`(select 'enrolment:' || id from ${second_factors} where user_id = ${user_id})`;
  const { attempt, factor } = await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    guardHasNoFactor(t, user_id);
    guardStarted(t, user_id);
    return { attempt: beginReauthentication(t, ctx, source), factor: t.one(selectUnconfirmedFactor(user_id)) };
  });
  const { id: attempt_id, locked_seconds } = attempt;
  if (!attempt_id)
    throw tooMany("too_many_codes", "Too many wrong codes. Please start again with a new secret.", locked_seconds);
  const checked = await withdrawOnError(ctx, attempt_id, checkCode(ctx, factor, code));
  if (!checked) {
    await ctx.transact((t) => settleAttempt(t, attempt_id, false));
    throw new Refusal(400, "invalid_code", "The code is wrong. Please try the next one that the app shows.", {
      errors: [{ path: "code", message: "is not the code that the app shows now" }],
    });
  }
  const { codes, hashes } = await newRecoveryCodes(user_id);
  await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    guardStarted(t, user_id, sql`factor.id = ${factor.id}`);
    settleAttempt(t, attempt_id, true);
    t.effect(
      query
        .update(second_factors)
        .set({ confirmed_at: sql`now()`, last_used_step: checked.step })
        .where(eq(second_factors.id, factor.id)),
    );
    replaceRecoveryCodes(t, user_id, hashes);
    endOtherSessions(t, ctx, { second_factor: true });
    mailFactorChange(t, ctx, "enabled");
  });
  return { recovery_codes: codes };
}

/** 409 unless the person has started to set up a second factor, and it is the expected one. */
function guardStarted(t: Plan, user_id: string, factorIsExpected: SQL = sql`true`): void {
  const started = sql`exists (select from (${selectUnconfirmedFactor(user_id)}) as factor where ${factorIsExpected})`;
  t.guard(started, 409, "mfa_not_started", "Please start to set up your second factor first.");
}
