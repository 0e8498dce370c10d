import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPage, newestFirst, type Paging } from "../http/pagination.ts";
import { login_attempts } from "../tables/accounts.ts";
import { describeDevice } from "./device.ts";
import { type SignInAttemptPage, signInAttemptColumns } from "./schemas.ts";

const NEWEST = newestFirst(login_attempts);

/** Who signed in to my account, and who tried. */
export const listMySignIns = (ctx: SignedInContext, paging: Paging): Promise<SignInAttemptPage> =>
  ctx.transact((t) =>
    t.combine(
      listPage(
        t,
        NEWEST,
        () => query.select(signInAttemptColumns).from(login_attempts),
        paging,
        eq(login_attempts.user_id, ctx.user_id),
      ),
      ({ items, next_cursor }): SignInAttemptPage => ({
        items: items.map(({ user_agent, succeeded, ...attempt }) => ({
          ...attempt,
          outcome: succeeded === null ? "unfinished" : succeeded ? "succeeded" : "failed",
          device: describeDevice(user_agent),
        })),
        next_cursor,
      }),
    ),
  );
