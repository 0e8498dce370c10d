import { and, eq, sql } from "drizzle-orm";
import { guard, many, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, type Paging, toPage } from "../http/pagination.ts";
import type { Message } from "../http/schemas.ts";
import { describeDevice } from "./device.ts";
import type { SessionPage } from "./schemas.ts";
import { endSessions, isLive } from "./session.ts";
import { sessions } from "./tables.ts";

const NEWEST = newestFirst(sessions);

/** Where I am signed in: each device, when it was last used, and which one this is. */
export async function listSessions(ctx: SignedInContext, { limit, cursor }: Paging): Promise<SessionPage> {
  const [rows] = await ctx.transact(
    many(
      query
        .select({
          id: sessions.id,
          user_agent: sessions.user_agent,
          created_at: sessions.created_at,
          last_used_at: sessions.last_used_at,
          expires_at: sessions.expires_at,
        })
        .from(sessions)
        .where(and(eq(sessions.user_id, ctx.user_id), isLive, after(NEWEST, cursor)))
        .orderBy(...by(NEWEST))
        .limit(limit + 1),
    ),
  );
  const { items, next_cursor } = toPage(NEWEST, rows, limit);
  return {
    items: items.map(({ user_agent, ...session }) => ({
      ...session,
      device: describeDevice(user_agent),
      current: session.id === ctx.session_id,
    })),
    next_cursor,
  };
}

/** Signs out this device: its access and refresh tokens are refused from the next request on. */
export async function logout(ctx: SignedInContext): Promise<Message> {
  await ctx.transact(endSessions("logout", eq(sessions.id, ctx.session_id)));
  return { message: "You are signed out." };
}

/** Signs out one of my devices. */
export async function endSession(ctx: SignedInContext, id: string): Promise<Message> {
  const mine = and(eq(sessions.id, id), eq(sessions.user_id, ctx.user_id), isLive);
  await ctx.transact(
    guard(
      sql`exists (select from ${sessions} where ${mine})`,
      404,
      "session_not_found",
      "You have no such session, or it has ended.",
    ),
    endSessions("logout", sql`${mine}`),
  );
  return { message: "The device is signed out." };
}

/** Signs out all of my devices, this one too. */
export async function endAllSessions(ctx: SignedInContext): Promise<Message> {
  await ctx.transact(endSessions("logout", eq(sessions.user_id, ctx.user_id)));
  return { message: "You are signed out everywhere." };
}
