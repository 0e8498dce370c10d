import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, newestFirst, type Paging } from "../http/pagination.ts";
import type { Message } from "../http/schemas.ts";
import { login_attempts, sessions } from "../tables/accounts.ts";
import { describeDevice } from "./device.ts";
import { type SessionPage, type SignInAttemptPage, sessionColumns, signInAttemptColumns } from "./schemas.ts";
import { endSessions, sessionIsLive } from "./session.ts";

/** Where I am signed in: each device, when it was last used, and which one is asking. */
export async function listMySessions(ctx: SignedInContext, paging: Paging): Promise<SessionPage> {
  const isMine = and(eq(sessions.user_id, ctx.user_id), sessionIsLive);
  const page = await ctx.transact((t) =>
    listPage(t, newestFirst(sessions), () => query.select(sessionColumns).from(sessions), paging, isMine),
  );
  const items = page.items.map(({ user_agent, ...session }) => ({
    ...session,
    device: describeDevice(user_agent),
    current: session.id === ctx.session_id,
  }));
  return { ...page, items };
}

/** Who signed in to my account, and who tried. */
export async function listMySignIns(ctx: SignedInContext, paging: Paging): Promise<SignInAttemptPage> {
  const isMine = eq(login_attempts.user_id, ctx.user_id);
  const select = () => query.select(signInAttemptColumns).from(login_attempts);
  const page = await ctx.transact((t) => listPage(t, newestFirst(login_attempts), select, paging, isMine));
  const items = page.items.map(({ user_agent, succeeded, ...attempt }) => ({
    ...attempt,
    outcome: outcomeOf(succeeded),
    device: describeDevice(user_agent),
  }));
  return { ...page, items };
}

function outcomeOf(succeeded: boolean | null): SignInAttemptPage["items"][number]["outcome"] {
  if (succeeded === null) return "unfinished";
  return succeeded ? "succeeded" : "failed";
}

/** Signs out this device. From the next request on, we refuse both its tokens. */
export async function logout(ctx: SignedInContext): Promise<Message> {
  await ctx.transact((t) => endSessions(t, "logout", eq(sessions.id, ctx.session_id)));
  return { message: "You are signed out." };
}

/** Signs out one of my devices. 404 unless it is mine and signed in. */
export async function endMySession(ctx: SignedInContext, id: string): Promise<Message> {
  const mine = sql`${and(eq(sessions.id, id), eq(sessions.user_id, ctx.user_id), sessionIsLive)}`;
  const found = sql`exists (select from ${sessions} where ${mine})`;
  await ctx.transact((t) => {
    t.guard(found, 404, "session_not_found", "You have no such session, or it has ended.");
    endSessions(t, "logout", mine);
  });
  return { message: "The device is signed out." };
}

/** Signs out all my devices, including this one. */
export async function endAllMySessions(ctx: SignedInContext): Promise<Message> {
  await ctx.transact((t) => endSessions(t, "logout", eq(sessions.user_id, ctx.user_id)));
  return { message: "You are signed out everywhere." };
}
