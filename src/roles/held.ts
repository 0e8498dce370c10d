import { asc, eq, inArray, sql } from "drizzle-orm";
import { roles, user_role_assignments } from "../access/tables.ts";
import { guard, many, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { users } from "../members/tables.ts";
import { type HeldRoles, roleColumns } from "./schemas.ts";

/** 404 unless there is such a person. */
export const guardPerson = (id: string) =>
  guard(
    sql`exists (select from ${users} where ${eq(users.id, id)})`,
    404,
    "user_not_found",
    "There is no such person.",
  );

/** The roles that somebody holds, by code. */
export const selectHeld = (user_id: string) =>
  many(
    query
      .select(roleColumns)
      .from(roles)
      .where(
        inArray(
          roles.id,
          query
            .select({ role_id: user_role_assignments.role_id })
            .from(user_role_assignments)
            .where(eq(user_role_assignments.user_id, user_id)),
        ),
      )
      .orderBy(asc(roles.code)),
  );

/** What roles a person holds. 404 when there is no such person. */
export async function listHeld(ctx: SignedInContext, user_id: string): Promise<HeldRoles> {
  const [items] = await ctx.transact(guardPerson(user_id), selectHeld(user_id));
  return { items, next_cursor: null };
}
