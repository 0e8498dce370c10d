import { eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { log } from "../http/log.ts";
import { sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { selectMe } from "./me.ts";
import type { RefreshToken, SignIn } from "./schemas.ts";
import { issueTokens, readRefreshToken, SESSION_ENDED, sessionIsLive } from "./session.ts";

/**
 * Exchanges a refresh token for its successor. For 30 seconds the previous token still gives the same successor,
 * because two tabs may refresh at once, or an answer may get lost. After that, a used token was stolen or replayed, so
 * it ends the session. This is one UPDATE without a guard: a failing guard would undo it, and the session would live on.
 */
export async function refresh(ctx: Context, { refresh_token }: RefreshToken): Promise<SignIn> {
  const token = await readRefreshToken(ctx.settings, refresh_token);
  if (!token) throw new Refusal(...SESSION_ENDED);

  const isCurrent = sql`(${sessionIsLive} and ${sessions.generation} = ${token.generation})`;
  const isPrevious = sql`(${sessionIsLive} and ${sessions.generation} = ${token.generation} + 1 and ${sessions.rotated_at} > now() - interval '30 seconds')`;
  const isReplayed = sql`(${sessionIsLive} and not ${isCurrent} and not ${isPrevious})`;
  const owner = query.select({ user_id: sessions.user_id }).from(sessions).where(eq(sessions.id, token.id));

  const { session, user } = await ctx.transact((t) => ({
    session: t.maybe(
      query
        .update(sessions)
        .set({
          generation: sql`${sessions.generation} + ${isCurrent}::int`,
          rotated_at: sql`case when ${isCurrent} then now() else ${sessions.rotated_at} end`,
          last_used_at: sql`case when ${isCurrent} or ${isPrevious} then now() else ${sessions.last_used_at} end`,
          revoked_at: sql`case when ${isReplayed} then now() else ${sessions.revoked_at} end`,
          revoked_reason: sql`case when ${isReplayed} then 'token_reuse' else ${sessions.revoked_reason} end`,
        })
        .where(eq(sessions.id, token.id))
        .returning({
          id: sessions.id,
          generation: sessions.generation,
          just_revoked: sql<boolean>`${sql`${sessions.revoked_at} = now()::timestamptz(3)`}`,
          live: sql<boolean>`${sessionIsLive}`,
        }),
    ),
    user: t.maybe(selectMe(ctx.settings, eq(users.id, owner))),
  }));
  if (!session?.live || !user) {
    if (session?.just_revoked) log({ level: "error", event: "refresh_token_reused", request_id: ctx.request_id });
    throw new Refusal(...SESSION_ENDED);
  }
  return issueTokens(ctx, session, user);
}
