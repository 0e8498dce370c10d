import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { isPerson } from "../people/person.ts";
import { type WithPhotoKey, withPhotoUrls } from "../people/photo.ts";
import { users } from "../tables/people.ts";
import { type User, userColumns } from "./schemas.ts";

/** One person, as volunteers see them. */
export const selectUser = (id: string) => query.select(userColumns).from(users).where(isPerson(id));

/** Runs a plan that yields a person from {@link selectUser}. Answers with links to their photo. */
export const transactUser = async (
  ctx: SignedInContext,
  plan: (t: Plan) => Handle<WithPhotoKey<User>>,
): Promise<User> => withPhotoUrls(ctx, await ctx.transact(plan));
