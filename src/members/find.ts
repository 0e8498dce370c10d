import { eq, sql } from "drizzle-orm";
import { guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { type User, userColumns } from "./schemas.ts";
import { users } from "./tables.ts";

export const selectUser = (id: string) => one(query.select(userColumns).from(users).where(eq(users.id, id)));

/** One person, for a volunteer. */
export async function findUser(ctx: SignedInContext, id: string): Promise<User> {
  const [user] = await ctx.transact(
    guard(
      sql`exists (select from ${users} where ${eq(users.id, id)})`,
      404,
      "user_not_found",
      "There is no such person.",
    ),
    selectUser(id),
  );
  return user;
}
