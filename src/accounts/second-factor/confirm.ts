import { eq, sql } from "drizzle-orm";
import { effect, guard, one, query } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal, tooMany } from "../../http/errors.ts";
import { beginReauthentication, orWithdraw, settleAttempt } from "../attempts.ts";
import { second_factors } from "../tables.ts";
import { announce, beginChange, hasNoFactor, keepOnlyThisSession } from "./change.ts";
import { checkCode, selectUnconfirmed } from "./check-code.ts";
import { issueRecoveryCodes } from "./recovery-codes.ts";
import type { CodeInput, RecoveryCodes } from "./schemas.ts";

/**
 * Turns a second factor on, with a code that shows that the authenticator app has the secret: from now on signing in asks
 * for one. Returns the recovery codes, this once. This session goes on as one with a second factor, all others end. Two
 * round trips: the stored secret is needed to check the code.
 */
export async function confirm(ctx: SignedInContext, { code }: CodeInput): Promise<RecoveryCodes> {
  const { user_id } = ctx;
  const unconfirmed = selectUnconfirmed(sql`${user_id}`);
  const isStarted = (which = sql`true`) =>
    guard(
      sql`exists (select from (${unconfirmed}) as factor where ${which})`,
      409,
      "mfa_not_started",
      "Please start to set up your second factor first.",
    );
  const [attempt, factor] = await ctx.transact(
    ...beginChange(ctx),
    hasNoFactor(user_id),
    isStarted(),
    // Wrong codes are counted by the secret they are for: a new one starts over.
    ...beginReauthentication(ctx, sql`(select 'enrolment:' || id from ${second_factors} where user_id = ${user_id})`),
    one(unconfirmed),
  );
  if (!attempt.id)
    throw tooMany(
      "too_many_codes",
      "Too many wrong codes. Please set up your second factor anew.",
      attempt.locked_seconds,
    );
  const checked = await orWithdraw(ctx, attempt.id, checkCode(ctx, factor, code));
  if (!checked.ok) {
    await ctx.transact(settleAttempt(attempt.id, false));
    throw new Refusal(400, "invalid_code", "The code is not right. Please try the next one that the app shows.", {
      errors: [{ path: "code", message: "is not the code that the app shows now" }],
    });
  }
  const { codes, issued } = await issueRecoveryCodes(user_id);
  await ctx.transact(
    ...beginChange(ctx),
    isStarted(sql`factor.id = ${factor.id}`),
    settleAttempt(attempt.id, true),
    effect(
      query
        .update(second_factors)
        .set({ confirmed_at: sql`now()`, last_used_step: checked.step })
        .where(eq(second_factors.id, factor.id)),
    ),
    ...issued,
    ...keepOnlyThisSession(ctx, { second_factor: true }),
    announce(ctx, "enabled"),
  );
  return { recovery_codes: codes };
}
