import { eq, sql } from "drizzle-orm";
import { maybe, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { log } from "../http/log.ts";
import { users } from "../members/tables.ts";
import { selectMe } from "./me.ts";
import type { RefreshToken, SignIn } from "./schemas.ts";
import { isLive, readRefreshToken, tokensOf } from "./session.ts";
import { sessions } from "./tables.ts";

/**
 * Exchanges a refresh token for its successor. The token just before may still be exchanged for the same successor for
 * a short while (two tabs, a lost answer); an older one was stolen or replayed, and ends the session. One UPDATE
 * decides, and nothing raises, so that ending the session outlives the 401.
 */
export async function refresh(ctx: Context, { refresh_token }: RefreshToken): Promise<SignIn> {
  const token = await readRefreshToken(ctx.settings, refresh_token);
  if (!token) throw sessionEnded();

  const current = sql`(${isLive} and ${sessions.generation} = ${token.generation})`;
  const justBefore = sql`(${isLive} and ${sessions.generation} = ${token.generation} + 1 and ${sessions.rotated_at} > now() - interval '30 seconds')`;
  const replayed = sql`(${isLive} and not ${current} and not ${justBefore})`;
  const itsUser = query.select({ user_id: sessions.user_id }).from(sessions).where(eq(sessions.id, token.id));

  const [session, user] = await ctx.transact(
    maybe(
      query
        .update(sessions)
        .set({
          generation: sql`${sessions.generation} + ${current}::int`,
          rotated_at: sql`case when ${current} then now() else ${sessions.rotated_at} end`,
          last_used_at: sql`case when ${current} or ${justBefore} then now() else ${sessions.last_used_at} end`,
          revoked_at: sql`case when ${replayed} then now() else ${sessions.revoked_at} end`,
          revoked_reason: sql`case when ${replayed} then 'token_reuse' else ${sessions.revoked_reason} end`,
        })
        .where(eq(sessions.id, token.id))
        .returning({
          id: sessions.id,
          generation: sessions.generation,
          just_revoked: sql<boolean>`${sql`${sessions.revoked_at} = now()::timestamptz(3)`}`,
          live: sql<boolean>`${isLive}`,
        }),
    ),
    maybe(selectMe(ctx.settings, eq(users.id, itsUser))),
  );
  if (!session?.live || !user) {
    if (session?.just_revoked) log({ level: "error", event: "refresh_token_reused", request_id: ctx.request_id });
    throw sessionEnded();
  }
  return tokensOf(ctx, session, user);
}

const sessionEnded = () => new Refusal(401, "session_ended", "This session has ended. Please sign in again.");
