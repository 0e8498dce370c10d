import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Message } from "../http/schemas.ts";
import { lockPerson } from "../people/person.ts";
import { login_attempts, sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { beginReauthentication, settleAttempt, tooManyAttempts, withdrawAttempt, withdrawOnError } from "./attempts.ts";
import { verifyPassword } from "./passwords.ts";
import { lockSignedInPerson } from "./second-factor/change.ts";
import { checkCode, claimCode, type StoredFactor, selectFactor } from "./second-factor/check-code.ts";
import type { Reauthentication } from "./second-factor/schemas.ts";
import { codesLockedSeconds, tooManyCodes } from "./second-factor/wrong-codes.ts";

/** 403 and not 401, because clients sign people out at a 401. */
const WRONG_PROOF = [403, "invalid_credentials", "That is not right."] as const;

/**
 * Proves that it is still the person who signed in: by a code, or by their password if they have no second factor. For 15
 * minutes this session may then do what is sensitive.
 */
export async function reauthenticate(ctx: SignedInContext, given: Reauthentication): Promise<Message> {
  const { user_id, session_id } = ctx;
  const byCode = given.code !== undefined;
  const { person, attempt, factor } = await ctx.transact((t) => {
    lockPerson(t, user_id);
    return {
      // Before the attempt is recorded, which would count as a wrong code itself.
      person: t.one(
        query
          .select({ password_hash: users.password_hash, locked_seconds: codesLockedSeconds(sql`${user_id}`) })
          .from(users)
          .where(eq(users.id, user_id)),
      ),
      attempt: beginReauthentication(t, ctx),
      factor: t.maybe(selectFactor(user_id)),
    };
  });
  const attempt_id = attempt.id;
  if (!attempt_id) throw tooManyAttempts(attempt);
  if (factor && !byCode) {
    await ctx.transact((t) => withdrawAttempt(t, attempt_id));
    throw new Refusal(403, "code_required", "You have a second factor. Please give a code from your app.");
  }
  if (byCode && person.locked_seconds !== null) {
    await ctx.transact((t) => settleAttempt(t, attempt_id, false));
    throw tooManyCodes(person.locked_seconds);
  }
  const claim = await withdrawOnError(ctx, attempt_id, checkProof(ctx, given, person.password_hash, factor));
  if (!claim) {
    await ctx.transact((t) => {
      if (byCode)
        t.effect(query.update(login_attempts).set({ wrong_codes: 1 }).where(eq(login_attempts.id, attempt_id)));
      settleAttempt(t, attempt_id, false);
    });
    throw new Refusal(...WRONG_PROOF);
  }
  await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    claim(t);
    settleAttempt(t, attempt_id, true);
    t.effect(
      query
        .update(sessions)
        .set({ authenticated_at: sql`now()`, ...(byCode && { second_factor_at: sql`now()` }) })
        .where(eq(sessions.id, session_id)),
    );
  });
  return { message: "Thank you. For the next 15 minutes you can do what is sensitive." };
}

/** How to use up a proof that is right, or null for a wrong one. */
async function checkProof(
  ctx: SignedInContext,
  { password, code }: Reauthentication,
  password_hash: string | null,
  factor: StoredFactor | null,
): Promise<((t: Plan) => void) | null> {
  if (password !== undefined) return verifyPassword(password, password_hash) ? () => {} : null;
  if (code === undefined || !factor) return null;
  const checked = await checkCode(ctx, factor, code);
  return checked ? (t) => claimCode(t, factor, checked, WRONG_PROOF) : null;
}
