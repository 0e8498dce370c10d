import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, newestFirst, type Paging } from "../http/pagination.ts";
import type { Message } from "../http/schemas.ts";
import { sessions } from "../tables/accounts.ts";
import { describeDevice } from "./device.ts";
import { type SessionPage, sessionColumns } from "./schemas.ts";
import { endSessions, sessionIsLive } from "./session.ts";

const NEWEST = newestFirst(sessions);

/** Where I am signed in: each device, when it was last used, and which one is asking. */
export const listMySessions = (ctx: SignedInContext, paging: Paging): Promise<SessionPage> =>
  ctx.transact((t) =>
    t.combine(
      listPage(
        t,
        NEWEST,
        () => query.select(sessionColumns).from(sessions),
        paging,
        and(eq(sessions.user_id, ctx.user_id), sessionIsLive),
      ),
      ({ items, next_cursor }) => ({
        items: items.map(({ user_agent, ...session }) => ({
          ...session,
          device: describeDevice(user_agent),
          current: session.id === ctx.session_id,
        })),
        next_cursor,
      }),
    ),
  );

/** Signs out this device. From the next request on, we refuse both its tokens. */
export async function logout(ctx: SignedInContext): Promise<Message> {
  await ctx.transact((t) => endSessions(t, "logout", eq(sessions.id, ctx.session_id)));
  return { message: "You are signed out." };
}

/** Signs out one of my devices. 404 unless it is mine and signed in. */
export async function endMySession(ctx: SignedInContext, id: string): Promise<Message> {
  const mine = sql`${and(eq(sessions.id, id), eq(sessions.user_id, ctx.user_id), sessionIsLive)}`;
  await ctx.transact((t) => {
    t.guard(
      sql`exists (select from ${sessions} where ${mine})`,
      404,
      "session_not_found",
      "You have no such session, or it has ended.",
    );
    endSessions(t, "logout", mine);
  });
  return { message: "The device is signed out." };
}

/** Signs out all my devices, including this one. */
export async function endAllMySessions(ctx: SignedInContext): Promise<Message> {
  await ctx.transact((t) => endSessions(t, "logout", eq(sessions.user_id, ctx.user_id)));
  return { message: "You are signed out everywhere." };
}
