import { and, eq, sql } from "drizzle-orm";
import { roles } from "../access/tables.ts";
import { effect, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { selectRole } from "./find.ts";
import { guardSystemRole, lockRole } from "./rules.ts";
import type { Role, RoleDetails } from "./schemas.ts";

/**
 * Changes what a role is called and whether it wants a second factor; its code stays. 404 without such a role. 409 for a
 * system role, of which only one thing can change: from now on it wants a second factor.
 */
export async function editRole(ctx: SignedInContext, id: string, details: RoleDetails): Promise<Role> {
  const { name, description, second_factor_required } = details;
  const [role] = await ctx.transact(
    lockRole(id),
    guardSystemRole(
      id,
      "This role comes with the platform: it can be made to want a second factor, and nothing else of it changes.",
      sql`${and(
        eq(roles.name, name),
        eq(roles.description, description),
        sql`(${second_factor_required}::boolean or not ${roles.second_factor_required})`,
      )}`,
    ),
    effect(query.update(roles).set(details).where(eq(roles.id, id))),
    selectRole(id),
  );
  return role;
}
