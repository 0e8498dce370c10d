import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { issueAccessToken } from "../access/access-token.ts";
import { networkName, sign, unsign } from "../access/signatures.ts";
import { effect, one, query, type Silent, type Yielding } from "../database/statements.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { describeDevice, sameDevice } from "./device.ts";
import { selectMe } from "./me.ts";
import type { Me, SignIn } from "./schemas.ts";
import { sessions } from "./tables.ts";

export interface Session {
  id: string;
  generation: number;
}

/** A session that can be used: `authorize` in the migrations says the same. */
export const isLive: SQL = sql`(${and(
  isNull(sessions.revoked_at),
  gt(sessions.expires_at, sql`now()`),
  gt(sessions.last_used_at, sql`now() - interval '7 days'`),
)})`;

/** Signs somebody in who has proved who they are; whoever owns the address hears of a device that is new. */
export async function startSession(
  ctx: Context,
  user_id: string,
  { second_factor }: { second_factor: boolean },
): Promise<[Silent, Yielding<Session>, Yielding<Me>]> {
  const network = await networkName(ctx.settings, ctx.client.network);
  const { user_agent } = ctx.client;
  const earlier = query.select({ id: sessions.id }).from(sessions).where(eq(sessions.user_id, users.id));
  const fromHere = query
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.user_id, users.id),
        eq(sessions.network, network),
        sameDevice(sessions.user_agent, sql`${user_agent}::text`),
      ),
    );
  return [
    mail("new_sign_in", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        device: sql`${describeDevice(user_agent)}::text`,
        signed_in_at: sql`${ctx.now.toISOString()}::text`,
      },
      from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}
        and exists ${earlier} and not exists ${fromHere}`,
    }),
    one(
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
    one(selectMe(ctx.settings, eq(users.id, user_id))),
  ];
}

/** Ends the sessions of a person, but for the one they are using, if any. */
export const endSessions = (
  reason: NonNullable<(typeof sessions.$inferSelect)["revoked_reason"]>,
  whose: SQL,
  but?: string,
): Silent =>
  effect(
    query
      .update(sessions)
      .set({ revoked_at: sql`now()`, revoked_reason: reason })
      .where(and(whose, isNull(sessions.revoked_at), but === undefined ? undefined : ne(sessions.id, but))),
  );

/** The tokens of a session as it now stands. Its refresh token is derived: the same generation gives the same token. */
export async function tokensOf(
  { settings, now }: Pick<Context, "settings" | "now">,
  session: Session,
  user: Me,
): Promise<SignIn> {
  return {
    access_token: await issueAccessToken(settings, now, {
      user_id: user.id,
      session_id: session.id,
      email: user.email,
      role: user.role,
    }),
    refresh_token: await sign(settings, "refresh", `${session.id}.${session.generation}`),
    token_type: "bearer",
    expires_in: settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    user,
  };
}

/** The session and generation that a refresh token names, or null when we did not make it. */
export async function readRefreshToken(settings: Settings, token: string) {
  const [id, generation] = (await unsign(settings, "refresh", token))?.split(".") ?? [];
  return id && generation ? { id, generation: Number(generation) } : null;
}
