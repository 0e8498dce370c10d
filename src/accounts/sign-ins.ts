import { and, eq } from "drizzle-orm";
import { many, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, type Paging, toPage } from "../http/pagination.ts";
import { describeDevice } from "./device.ts";
import type { SignInPage } from "./schemas.ts";
import { login_attempts } from "./tables.ts";

const NEWEST = newestFirst(login_attempts);

/** Who signed in to my account, and who tried, newest first: what they got wrong too. */
export async function listSignIns(ctx: SignedInContext, { limit, cursor }: Paging): Promise<SignInPage> {
  const [rows] = await ctx.transact(
    many(
      query
        .select({
          id: login_attempts.id,
          created_at: login_attempts.created_at,
          purpose: login_attempts.purpose,
          succeeded: login_attempts.succeeded,
          user_agent: login_attempts.user_agent,
        })
        .from(login_attempts)
        .where(and(eq(login_attempts.user_id, ctx.user_id), after(NEWEST, cursor)))
        .orderBy(...by(NEWEST))
        .limit(limit + 1),
    ),
  );
  const { items, next_cursor } = toPage(NEWEST, rows, limit);
  return {
    items: items.map(({ user_agent, succeeded, ...attempt }) => ({
      ...attempt,
      outcome: succeeded === null ? "unfinished" : succeeded ? "succeeded" : "failed",
      device: describeDevice(user_agent),
    })),
    next_cursor,
  };
}
