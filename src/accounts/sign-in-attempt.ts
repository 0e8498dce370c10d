import { and, desc, eq, gt, sql } from "drizzle-orm";
import { authenticate } from "../access/access-token.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { audit_log } from "../tables/access.ts";
import { account_tokens, sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { beginAttempt, type LoginAttempt } from "./attempts.ts";
import { readRefreshToken, sessionIsLive } from "./session.ts";

const LOCKED = "sign_in.locked";

/**
 * Records an attempt to sign in. Failures are counted separately for a device that still has a session of the owner's,
 * and for a network that used a reset link in the last hour, so that strangers cannot lock the owner out there.
 */
export function beginSignIn(
  t: Plan,
  ctx: Context,
  { email, network, session_id }: { email: string; network: string; session_id: string | null },
): Handle<LoginAttempt> {
  const isOwner = and(eq(users.email, email), users.email_verified);
  const bySession = query
    .select({ source: sql`'session:' || ${sessions.id}` })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.user_id), isOwner))
    .where(and(eq(sessions.id, sql`${session_id}::uuid`), sessionIsLive));
  const byResetLink = query
    .select({ source: sql`'reset:' || ${account_tokens.id}` })
    .from(account_tokens)
    .innerJoin(users, and(eq(users.id, account_tokens.user_id), isOwner))
    .where(
      and(
        eq(account_tokens.purpose, "reset_password"),
        eq(account_tokens.used_network, network),
        sql`${account_tokens.used_at} > now() - interval '1 hour'`,
      ),
    )
    .orderBy(desc(account_tokens.used_at))
    .limit(1);
  return beginAttempt(t, ctx, "sign_in", {
    email: sql`${email}::text`,
    user_id: sql`(${query.select({ id: users.id }).from(users).where(isOwner)})`,
    source: sql`${network}::text`,
    trusted_source: sql`coalesce((${bySession}), (${byResetLink}))`,
  });
}

/** The id of the session whose token came with the request, or null. {@link beginSignIn} checks whether it counts. */
export async function readShownSession(ctx: Context, refresh_token: string | undefined): Promise<string | null> {
  const shown = refresh_token && (await readRefreshToken(ctx.settings, refresh_token));
  if (shown) return shown.id;
  const identity = await authenticate(ctx.settings, ctx.now, ctx.client.authorization).catch(() => null);
  return identity?.session_id ?? null;
}

/**
 * Writes to the audit log that sign-in to an address is locked, at most once in 15 minutes. For an unknown address it
 * writes nothing, but still takes the same round trips: clients can see how many there were.
 */
export const auditLock = (t: Plan, { request_id }: Context, email: string): void =>
  t.effect(
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
