import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { issueAccessToken } from "../access/access-token.ts";
import { sign, unsign } from "../access/signatures.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { withPhotoUrls } from "../people/photo.ts";
import { sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { toPeople } from "./address.ts";
import { describeDevice, userAgentsMatch } from "./device.ts";
import { type MeRow, selectMe } from "./me.ts";
import type { SignIn } from "./schemas.ts";

/** What a session's refresh token is derived from. */
type SessionKey = Pick<typeof sessions.$inferSelect, "id" | "generation">;

export const SESSION_ENDED = [401, "session_ended", "This session has ended. Please sign in again."] as const;

/** Whether a row of `sessions` still works. The SQL function `authorize` in the migrations has the same rule. */
export const sessionIsLive: SQL = sql`(${and(
  isNull(sessions.revoked_at),
  gt(sessions.expires_at, sql`now()`),
  gt(sessions.last_used_at, sql`now() - interval '7 days'`),
)})`;

/**
 * Signs in someone who has proved who they are. Mails them, unless this is their first session, or an earlier one came
 * from the same device and network (from `networkName`). Never mails an address that nobody confirmed.
 */
export function startSession(
  t: Plan,
  ctx: Context,
  user_id: string,
  { network, second_factor }: { network: string; second_factor: boolean },
): { session: Handle<SessionKey>; user: Handle<MeRow> } {
  const { user_agent } = ctx.client;
  const isTheirs = eq(sessions.user_id, users.id);
  const isFromHere = and(eq(sessions.network, network), userAgentsMatch(sessions.user_agent, sql`${user_agent}::text`));
  t.mail("new_sign_in", {
    ...toPeople(sql`${and(eq(users.id, user_id), users.email_verified)}
      and exists (select from ${sessions} where ${isTheirs})
      and not exists (select from ${sessions} where ${and(isTheirs, isFromHere)})`),
    data: {
      first_name: users.first_name,
      device: sql<string>`${describeDevice(user_agent)}::text`,
      signed_in_at: sql<string>`${ctx.now.toISOString()}::text`,
    },
  });
  return {
    session: t.one(
      query
        .insert(sessions)
        .values({
          user_id,
          user_agent,
          network,
          expires_at: sql`now() + interval '30 days'`,
          second_factor_at: second_factor ? sql`now()` : null,
        })
        .returning({ id: sessions.id, generation: sessions.generation }),
    ),
    user: t.one(selectMe(ctx.settings, eq(users.id, user_id))),
  };
}

/** Ends the sessions that `which` finds, except the one with the id `except`. */
export const endSessions = (
  t: Plan,
  reason: NonNullable<(typeof sessions.$inferSelect)["revoked_reason"]>,
  which: SQL,
  except?: string,
): void =>
  t.effect(
    query
      .update(sessions)
      .set({ revoked_at: sql`now()`, revoked_reason: reason })
      .where(and(which, isNull(sessions.revoked_at), except === undefined ? undefined : ne(sessions.id, except))),
  );

/** The answer to a sign-in. We derive the refresh token: the same session and generation give the same token. */
export async function issueTokens({ settings, now }: Context, session: SessionKey, user: MeRow): Promise<SignIn> {
  return {
    mfa_required: false,
    access_token: await issueAccessToken(settings, now, {
      user_id: user.id,
      session_id: session.id,
      email: user.email,
      role: user.role,
    }),
    refresh_token: await sign(settings, "refresh", `${session.id}.${session.generation}`),
    token_type: "bearer",
    expires_in: settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    user: await withPhotoUrls({ settings, now }, user),
  };
}

/** The session and generation that a refresh token stands for, or null if we did not make it. */
export async function readRefreshToken(settings: Settings, token: string): Promise<SessionKey | null> {
  const [id, generation] = (await unsign(settings, "refresh", token))?.split(".") ?? [];
  return id && generation ? { id, generation: Number(generation) } : null;
}
