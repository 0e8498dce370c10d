import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { isPerson } from "../people/person.ts";
import { type WithPhotoKey, withPhotoUrls } from "../people/photo.ts";
import { users } from "../tables/people.ts";
import { auditOpening } from "./admin/opening.ts";
import { type User, userColumns } from "./schemas.ts";

/** One person, as volunteers see them. */
export const selectUser = (id: string) => query.select(userColumns).from(users).where(isPerson(id));

/** The same for an answer, for withPhotoUrls. The person's access log shows it. */
export function showUser(t: Plan, ctx: SignedInContext, id: string): Handle<WithPhotoKey<User>> {
  auditOpening(t, ctx, id);
  return t.one(selectUser(id));
}

/** Runs a plan that changes a person, and answers with the person. */
export const transactUser = async (ctx: SignedInContext, id: string, plan: (t: Plan) => void): Promise<User> =>
  withPhotoUrls(
    ctx,
    await ctx.transact((t) => {
      plan(t);
      return showUser(t, ctx, id);
    }),
  );
