import { eq, sql } from "drizzle-orm";
import { guardOwnPermissions } from "../access/powers.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { roles, user_role_assignments } from "../tables/access.ts";
import { selectGrantedCodes } from "./granted.ts";
import { guardSystemRole, lockRole } from "./rules.ts";

/**
 * Deletes a role that nobody holds. 404 without such a role, 409 for a system role or while somebody holds it, 403 when
 * the role has a permission that the actor does not hold.
 */
export async function deleteRole(ctx: SignedInContext, id: string): Promise<Message> {
  const holders = query.$count(user_role_assignments, eq(user_role_assignments.role_id, id));
  const sentence = sql`case ${holders} when 1 then '1 person holds' else ${holders} || ' people hold' end
    || ' this role. Take it from them first.'`;
  await ctx.transact((t) => {
    lockRole(t, id);
    guardSystemRole(t, id, "This role comes with the platform and cannot be deleted.");
    guardOwnPermissions(t, ctx.user_id, sql`${selectGrantedCodes(id)}`);
    t.guard(sql`${holders} = 0`, 409, "role_in_use", sentence);
    t.effect(query.delete(roles).where(eq(roles.id, id)));
  });
  return { message: "The role is deleted." };
}
