import { eq, sql } from "drizzle-orm";
import { effect, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { sessions } from "./tables.ts";

/** Ends this session: its access and refresh tokens are refused from the next request on. */
export async function logout(ctx: SignedInContext): Promise<Message> {
  await ctx.transact(
    effect(
      query
        .update(sessions)
        .set({ revoked_at: sql`now()`, revoked_reason: "logout" })
        .where(eq(sessions.id, ctx.session_id)),
    ),
  );
  return { message: "You are signed out." };
}
