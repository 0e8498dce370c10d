import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { authenticate } from "../access/access-token.ts";
import { networkName } from "../access/signatures.ts";
import { audit_log } from "../access/tables.ts";
import { effect, guard, maybe, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { users } from "../members/tables.ts";
import { beginAttempt, settleAttempt, tooManyAttempts } from "./attempts.ts";
import { notBeforeFloor, SIGN_IN_FLOOR_MS } from "./floor.ts";
import { lockAccount } from "./lock.ts";
import { checkPassword, hashPassword, isOutdated, saltOf } from "./passwords.ts";
import type { Credentials, SecondFactorNeeded, SignIn } from "./schemas.ts";
import { isEnabled } from "./second-factor/needed.ts";
import { pendingSignIn } from "./second-factor/pending-sign-in.ts";
import { isLive, readRefreshToken, startSession, tokensOf } from "./session.ts";
import { account_tokens, sessions } from "./tables.ts";

const LOCKED = "sign_in.locked";
const WRONG = "The e-mail address or the password is not right.";

/**
 * Signs somebody in, whatever their status: the owner of an address, or whoever registered with it last and has not
 * proved it theirs. Both passwords are always checked, so that a stranger who registers with an address and signs in
 * cannot tell whether it has an owner. Two round trips: the hashes are read before, what came of it is written after.
 */
export const login = (ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> =>
  notBeforeFloor(() => signIn(ctx, credentials), { floor_ms: SIGN_IN_FLOOR_MS, harmless: isForOwner });

async function signIn(ctx: Context, credentials: Credentials): Promise<SignIn | SecondFactorNeeded> {
  const { email, password } = credentials;
  const [attempt, owner, unverified] = await ctx.transact(
    ...(await beginSignIn(ctx, credentials)),
    maybe(candidate(email, true)),
    maybe(candidate(email, false)),
  );
  if (!attempt.id) {
    await ctx.transact(auditLock(ctx, email));
    throw tooManyAttempts(attempt);
  }
  const [isOwner, isUnverified] = checkPassword(password, [owner?.password_hash, unverified?.password_hash]);
  const account = isOwner ? owner : isUnverified ? unverified : undefined;
  if (!account?.password_hash) {
    await ctx.transact(settleAttempt(attempt.id, false));
    throw attempt.locked_seconds === null ? wrong() : tooManyAttempts(attempt);
  }
  if (account.has_second_factor) return pendingSignIn(ctx, attempt.id);

  const { id: user_id, password_hash } = account;
  const replacement = isOutdated(password_hash) ? hashPassword(password, await saltOf(ctx.settings, email)) : undefined;
  // A sign-in at the same moment may have replaced it already, and by the same: the salt is the address's.
  const still = inArray(users.password_hash, replacement ? [password_hash, replacement] : [password_hash]);
  const unchanged = and(eq(users.id, user_id), still);
  const [session, user] = await ctx.transact(
    // Whoever changes the password ends all sessions, and must wait or be waited for.
    lockAccount(user_id),
    guard(
      sql`exists (select from ${users} where ${unchanged}) and not ${isEnabled(sql`${user_id}::uuid`)}`,
      401,
      "invalid_credentials",
      WRONG,
    ),
    effect(
      query
        .update(users)
        .set({ password_hash: replacement ?? password_hash })
        .where(and(unchanged, sql`${replacement !== undefined}::boolean`)),
    ),
    settleAttempt(attempt.id, true, user_id),
    ...(await startSession(ctx, user_id, { second_factor: false })),
  );
  return tokensOf(ctx, session, user);
}

/**
 * Writes down that an owner's address is locked, once for as long as it may last. For unknown addresses it writes nothing,
 * in as many round trips: their number can be seen.
 */
const auditLock = ({ request_id }: Context, email: string) =>
  effect(
    query.execute(sql`
      insert into ${audit_log} (request_id, action, subject_type, subject_id)
      select ${request_id}, ${LOCKED}, 'users', ${users.id}::text from ${users}
      where ${and(eq(users.email, email), users.email_verified)} and not exists (
        select from ${audit_log} where ${and(
          eq(audit_log.action, LOCKED),
          sql`${audit_log.subject_id} = ${users.id}::text`,
          gt(audit_log.created_at, sql`now() - interval '15 minutes'`),
        )})`),
  );

/** Only who owns the address gets this answer: whoever registered with it stays unverified, and has no second factor. */
const isForOwner = (answer: SignIn | SecondFactorNeeded): boolean =>
  "mfa_required" in answer || answer.user.email_verified;

const wrong = () => new Refusal(401, "invalid_credentials", WRONG);

/** The owner of an address, or the newest of those who registered with it and have not proved it theirs. */
const candidate = (email: string, verified: boolean) =>
  query
    .select({
      id: users.id,
      password_hash: users.password_hash,
      has_second_factor: isEnabled(users.id),
    })
    .from(users)
    .where(and(eq(users.email, email), eq(users.email_verified, verified)))
    .orderBy(desc(users.created_at), desc(users.id))
    .limit(1);

/**
 * Counts the attempt. Knowing an address is not enough to lock its owner out: a device that still holds a session of
 * theirs, and the network from which they just used a reset link, are counted apart.
 */
async function beginSignIn(ctx: Context, { email, refresh_token }: Credentials) {
  const source = await networkName(ctx.settings, ctx.client.network);
  const isOwners = and(eq(users.email, email), users.email_verified);
  const session_id = await heldSession(ctx, refresh_token);
  const held = query
    .select({ source: sql`'session:' || ${sessions.id}` })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.user_id), isOwners))
    .where(and(eq(sessions.id, sql`${session_id}::uuid`), isLive));
  const link = query
    .select({ source: sql`'reset:' || ${account_tokens.id}` })
    .from(account_tokens)
    .innerJoin(users, and(eq(users.id, account_tokens.user_id), isOwners))
    .where(
      and(
        eq(account_tokens.purpose, "reset_password"),
        eq(account_tokens.used_network, source),
        sql`${account_tokens.used_at} > now() - interval '1 hour'`,
      ),
    )
    .orderBy(desc(account_tokens.used_at))
    .limit(1);
  return beginAttempt(ctx, "sign_in", {
    email: sql`${email}::text`,
    user_id: sql`(${query.select({ id: users.id }).from(users).where(isOwners)})`,
    source: sql`${source}::text`,
    spared: sql`coalesce((${held}), (${link}))`,
  });
}

/** The session that the device shows a token of. Whether it lives is asked in the transaction. */
async function heldSession(ctx: Context, refresh_token: string | undefined): Promise<string | null> {
  const named = refresh_token && (await readRefreshToken(ctx.settings, refresh_token));
  if (named) return named.id;
  const identity = await authenticate(ctx.settings, ctx.now, ctx.client.authorization).catch(() => null);
  return identity?.session_id ?? null;
}
