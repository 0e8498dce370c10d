import { eq, sql } from "drizzle-orm";
import { effect, maybe, one, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Message } from "../http/schemas.ts";
import { users } from "../members/tables.ts";
import { beginReauthentication, orWithdraw, settleAttempt, tooManyAttempts, withdrawAttempt } from "./attempts.ts";
import { lockAccount } from "./lock.ts";
import { verifyPassword } from "./passwords.ts";
import { beginChange } from "./second-factor/change.ts";
import { checkCode, claimStep, type StoredFactor, selectFactor } from "./second-factor/check-code.ts";
import type { Reauthentication } from "./second-factor/schemas.ts";
import { codesLockedSeconds, tooManyCodes } from "./second-factor/wrong-codes.ts";
import { login_attempts, sessions } from "./tables.ts";

/** 403 and not 401, at which clients sign people out. */
const WRONG = { status: 403, code: "invalid_credentials", sentence: "That is not right." } as const;

/**
 * Shows that it is still the person who signed in, by a code of their second factor, or by password where they have none:
 * for 15 minutes this session may do what is sensitive. Two round trips: what is given is checked against what is stored between.
 */
export async function reauthenticate(ctx: SignedInContext, given: Reauthentication): Promise<Message> {
  const { user_id, session_id } = ctx;
  const byCode = given.code !== undefined;
  const me = eq(users.id, user_id);
  const [codes, attempt, person, factor] = await ctx.transact(
    lockAccount(user_id),
    one(
      query
        .select({ locked_seconds: codesLockedSeconds(sql`${user_id}`) })
        .from(users)
        .where(me),
    ),
    ...beginReauthentication(ctx),
    one(query.select({ password_hash: users.password_hash }).from(users).where(me)),
    maybe(selectFactor(sql`${user_id}`)),
  );
  if (!attempt.id) throw tooManyAttempts(attempt);
  if (factor && !byCode) {
    await ctx.transact(withdrawAttempt(attempt.id));
    throw new Refusal(403, "code_required", "You have a second factor: please give a code of it.");
  }
  if (byCode && codes.locked_seconds !== null) {
    await ctx.transact(settleAttempt(attempt.id, false));
    throw tooManyCodes(codes.locked_seconds);
  }
  const claim = await orWithdraw(
    ctx,
    attempt.id,
    recognise(ctx, given, { password_hash: person.password_hash, factor }),
  );
  if (!claim) {
    await ctx.transact(
      effect(
        query
          .update(login_attempts)
          .set({ wrong_codes: byCode ? 1 : 0 })
          .where(eq(login_attempts.id, attempt.id)),
      ),
      settleAttempt(attempt.id, false),
    );
    throw new Refusal(WRONG.status, WRONG.code, WRONG.sentence);
  }
  await ctx.transact(
    ...beginChange(ctx),
    ...claim,
    settleAttempt(attempt.id, true),
    effect(
      query
        .update(sessions)
        .set({ authenticated_at: sql`now()`, ...(byCode && { second_factor_at: sql`now()` }) })
        .where(eq(sessions.id, session_id)),
    ),
  );
  return { message: "Thank you. For the next 15 minutes you may do what is sensitive." };
}

/** What uses up what was given, or null when it is wrong. */
async function recognise(
  ctx: SignedInContext,
  { password, code }: Reauthentication,
  { password_hash, factor }: { password_hash: string | null; factor: StoredFactor | undefined },
): Promise<Silent[] | null> {
  if (password !== undefined) return verifyPassword(password, password_hash) ? [] : null;
  if (code === undefined || !factor) return null;
  const checked = await checkCode(ctx, factor, code);
  return checked.ok ? claimStep(factor, checked, WRONG) : null;
}
