import { count, eq, sql } from "drizzle-orm";
import { roles, user_role_assignments } from "../access/tables.ts";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { grantedTo } from "./granted.ts";
import { guardOwn, guardSystemRole, lockRole } from "./rules.ts";

/**
 * Deletes a role that nobody holds. 404 without such a role, 409 while somebody holds it and for a system role, 403 when it
 * holds what the actor does not.
 */
export async function deleteRole(ctx: SignedInContext, id: string): Promise<Message> {
  const holders = sql`(${query
    .select({ people: count() })
    .from(user_role_assignments)
    .where(eq(user_role_assignments.role_id, id))})`;
  await ctx.transact(
    lockRole(id),
    guardSystemRole(id, "This role comes with the platform and cannot be deleted."),
    guardOwn(ctx.user_id, sql`${grantedTo(id)}`),
    guard(
      sql`${holders} = 0`,
      409,
      "role_in_use",
      sql`case ${holders} when 1 then '1 person holds' else ${holders} || ' people hold' end
        || ' this role. Please take it from them first.'`,
    ),
    effect(query.delete(roles).where(eq(roles.id, id))),
  );
  return { message: "The role is deleted." };
}
