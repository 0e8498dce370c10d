import { eq } from "drizzle-orm";
import { one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type User, userColumns } from "./schemas.ts";
import { users } from "./tables.ts";

export const selectUser = (id: string) =>
  one(
    query.select(userColumns).from(users).where(eq(users.id, id)),
    new Refusal(404, "user_not_found", "There is no such person."),
  );

/** One person, for a volunteer. */
export async function findUser(ctx: SignedInContext, id: string): Promise<User> {
  const [user] = await ctx.transact(selectUser(id));
  return user;
}
