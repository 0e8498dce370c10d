import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { USER_NOT_FOUND } from "../people/person.ts";
import { withPhotoUrls } from "../people/photo.ts";
import { users } from "../tables/people.ts";
import { type User, userColumns } from "./schemas.ts";

export const selectUser = (id: string) => query.select(userColumns).from(users).where(eq(users.id, id));

/** One person, for a volunteer. 404 if they do not exist. */
export const getUser = async (ctx: SignedInContext, id: string): Promise<User> =>
  withPhotoUrls(ctx, await ctx.transact((t) => t.one(selectUser(id), new Refusal(...USER_NOT_FOUND))));
