import { and, desc, eq, inArray, isNotNull, not, sql } from "drizzle-orm";
import { networkName } from "../access/signatures.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { lockPerson } from "../people/person.ts";
import { personIsOnPaper, users } from "../tables/people.ts";
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
 * Signs in the owner of an address, or else its newest unverified registration with this password, whatever their status.
 * It always checks all passwords, so that a stranger who registers with an address and signs in cannot tell whether it has
 * an owner.
 */
export const login = (ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> =>
  notBeforeFloor(() => signIn(ctx, credentials), { floor_ms: SIGN_IN_FLOOR_MS, mayBeEarly: answersOwner });

/** Only the owner of an address gets this answer. Unverified registrations have no second factor. */
const answersOwner = (answer: SignIn | SecondFactorNeeded): boolean =>
  answer.mfa_required || answer.user.email_verified;

async function signIn(ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> {
  const { email, password, refresh_token } = credentials;
  const network = await networkName(ctx.settings, ctx.client.network);
  const session_id = await readShownSession(ctx, refresh_token);
  const { attempt, accounts } = await ctx.transact((t) => ({
    attempt: beginSignIn(t, ctx, { email, network, session_id }),
    accounts: t.many(selectAccounts(email)),
  }));
  const attempt_id = attempt.id;
  if (!attempt_id) {
    await ctx.transact((t) => auditLock(t, ctx, email));
    throw tooManyAttempts(attempt);
  }
  const matches = checkPassword(
    password,
    accounts.map(({ password_hash }) => password_hash),
  );
  const account = accounts[matches.indexOf(true)];
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

/** A stranger's registrations with an address must not make signing in to it slow. */
const MOST_REGISTRATIONS = 20;

/** The owner of an address, then its newest unverified registrations, one for each password. */
function selectAccounts(email: string) {
  const newest = query
    .selectDistinctOn([users.email_verified, users.password_hash], {
      id: users.id,
      password_hash: users.password_hash,
      email_verified: users.email_verified,
      created_at: users.created_at,
    })
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.password_hash), not(personIsOnPaper)))
    .orderBy(users.email_verified, users.password_hash, desc(users.created_at), desc(users.id))
    .as("newest");
  return query
    .select({
      id: newest.id,
      password_hash: newest.password_hash,
      has_second_factor: personHasSecondFactor(newest.id),
    })
    .from(newest)
    .orderBy(desc(newest.email_verified), desc(newest.created_at), desc(newest.id))
    .limit(MOST_REGISTRATIONS);
}
