import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, newestFirst, type Paging } from "../http/pagination.ts";
import { login_attempts } from "../tables/accounts.ts";
import { describeDevice } from "./device.ts";
import { type SignInAttemptPage, signInAttemptColumns } from "./schemas.ts";

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
