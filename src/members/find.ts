import { eq, sql } from "drizzle-orm";
import { guard, one, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type User, userColumns } from "./schemas.ts";
import { users } from "./tables.ts";

export const USER_NOT_FOUND = [404, "user_not_found", "There is no such person."] as const;

/** 404 unless there is such a person. */
export const guardPerson = (id: string): Silent =>
  guard(sql`exists (select from ${users} where ${eq(users.id, id)})`, ...USER_NOT_FOUND);

export const selectUser = (id: string) =>
  one(query.select(userColumns).from(users).where(eq(users.id, id)), new Refusal(...USER_NOT_FOUND));

/** One person, for a volunteer. */
export async function findUser(ctx: SignedInContext, id: string): Promise<User> {
  const [user] = await ctx.transact(selectUser(id));
  return user;
}
