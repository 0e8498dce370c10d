import { eq, inArray } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { alphabetical } from "../http/pagination.ts";
import { guardPerson } from "../people/person.ts";
import { roles, user_role_assignments } from "../tables/access.ts";
import { type HeldRoles, roleColumns } from "./schemas.ts";

export const selectHeldRoleIds = (user_id: string) =>
  query
    .select({ role_id: user_role_assignments.role_id })
    .from(user_role_assignments)
    .where(eq(user_role_assignments.user_id, user_id));

/** The roles that a person holds, by code. */
export const selectHeldRoles = (user_id: string) =>
  query
    .select(roleColumns)
    .from(roles)
    .where(inArray(roles.id, selectHeldRoleIds(user_id)))
    .orderBy(alphabetical(roles.code));

/** A person's roles. 404 without such a person. */
export async function listHeldRoles(ctx: SignedInContext, user_id: string): Promise<HeldRoles> {
  const items = await ctx.transact((t) => {
    guardPerson(t, user_id);
    return t.many(selectHeldRoles(user_id));
  });
  return { items, next_cursor: null };
}
