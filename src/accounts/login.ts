import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { networkName } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { lockPerson } from "../people/person.ts";
import { users } from "../tables/people.ts";
import { settleAttempt, tooManyAttempts } from "./attempts.ts";
import { notBeforeFloor, SIGN_IN_FLOOR_MS } from "./floor.ts";
import { checkPassword, hashIsOutdated, hashPassword, saltFor } from "./passwords.ts";
import type { Credentials, SecondFactorNeeded, SignIn } from "./schemas.ts";
import { personHasSecondFactor } from "./second-factor/needed.ts";
import { pendingSignIn } from "./second-factor/pending-sign-in.ts";
import { issueTokens, startSession } from "./session.ts";
import { auditLock, beginSignIn, readShownSession } from "./sign-in-attempt.ts";

const WRONG_CREDENTIALS = [401, "invalid_credentials", "The email address or the password is wrong."] as const;

/**
 * Signs in the owner of an address, or else its newest unverified registration, whatever their status. It always checks
 * both passwords, so that a stranger who registers with an address and signs in cannot tell whether it has an owner.
 */
export const login = (ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> =>
  notBeforeFloor(() => signIn(ctx, credentials), { floor_ms: SIGN_IN_FLOOR_MS, mayBeEarly: answersOwner });

/** Only the owner of an address gets this answer. Unverified registrations have no second factor. */
const answersOwner = (answer: SignIn | SecondFactorNeeded): boolean =>
  "mfa_required" in answer || answer.user.email_verified;

async function signIn(ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> {
  const { email, password, refresh_token } = credentials;
  const network = await networkName(ctx.settings, ctx.client.network);
  const session_id = await readShownSession(ctx, refresh_token);
  const { attempt, owner, unverified } = await ctx.transact((t) => ({
    attempt: beginSignIn(t, ctx, { email, network, session_id }),
    owner: t.maybe(selectAccount(email, true)),
    unverified: t.maybe(selectAccount(email, false)),
  }));
  const attempt_id = attempt.id;
  if (!attempt_id) {
    await ctx.transact((t) => auditLock(t, ctx, email));
    throw tooManyAttempts(attempt);
  }
  const [isOwner, isUnverified] = checkPassword(password, [owner?.password_hash, unverified?.password_hash]);
  const account = isOwner ? owner : isUnverified ? unverified : null;
  if (!account?.password_hash) {
    await ctx.transact((t) => settleAttempt(t, attempt_id, false));
    throw attempt.locked_seconds === null ? new Refusal(...WRONG_CREDENTIALS) : tooManyAttempts(attempt);
  }
  if (account.has_second_factor) return pendingSignIn(ctx, attempt_id);

  const { id: user_id, password_hash } = account;
  const new_hash = hashIsOutdated(password_hash) ? hashPassword(password, await saltFor(ctx.settings, email)) : null;
  // A sign-in at the same moment may have written the new hash already: with the same salt it is the same hash.
  const unchanged = and(
    eq(users.id, user_id),
    inArray(users.password_hash, new_hash ? [password_hash, new_hash] : [password_hash]),
  );
  const { session, user } = await ctx.transact((t) => {
    // A change of password ends all sessions. It must see this one, or this sign-in must see the change.
    lockPerson(t, user_id);
    const maySignIn = sql`exists (select from ${users} where ${unchanged}) and not ${personHasSecondFactor(user_id)}`;
    t.guard(maySignIn, ...WRONG_CREDENTIALS);
    if (new_hash) t.effect(query.update(users).set({ password_hash: new_hash }).where(unchanged));
    settleAttempt(t, attempt_id, true, user_id);
    return startSession(t, ctx, user_id, { network, second_factor: false });
  });
  return issueTokens(ctx, session, user);
}

/** The owner of an address, or the newest registration with it that was never verified. */
const selectAccount = (email: string, verified: boolean) =>
  query
    .select({ id: users.id, password_hash: users.password_hash, has_second_factor: personHasSecondFactor(users.id) })
    .from(users)
    .where(and(eq(users.email, email), eq(users.email_verified, verified)))
    .orderBy(desc(users.created_at), desc(users.id))
    .limit(1);
