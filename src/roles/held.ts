import { asc, eq, inArray } from "drizzle-orm";
import { roles, user_role_assignments } from "../access/tables.ts";
import { many, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { guardPerson } from "../members/find.ts";
import { type HeldRoles, roleColumns } from "./schemas.ts";

/** The ids of the roles that somebody holds. */
export const roleIdsOf = (user_id: string) =>
  query
    .select({ role_id: user_role_assignments.role_id })
    .from(user_role_assignments)
    .where(eq(user_role_assignments.user_id, user_id));

/** The roles that somebody holds, by code. */
export const selectHeld = (user_id: string) =>
  many(
    query
      .select(roleColumns)
      .from(roles)
      .where(inArray(roles.id, roleIdsOf(user_id)))
      .orderBy(asc(roles.code)),
  );

/** What roles a person holds. 404 when there is no such person. */
export async function listHeld(ctx: SignedInContext, user_id: string): Promise<HeldRoles> {
  const [items] = await ctx.transact(guardPerson(user_id), selectHeld(user_id));
  return { items, next_cursor: null };
}
