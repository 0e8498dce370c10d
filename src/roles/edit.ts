import { and, eq, sql } from "drizzle-orm";
import { roles } from "../access/tables.ts";
import { effect, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { selectRole } from "./find.ts";
import { grantedTo } from "./granted.ts";
import { guardOwn, guardSystemRole, lockRole } from "./rules.ts";
import type { Role, RoleDetails } from "./schemas.ts";

/**
 * Changes what a role is called and whether it wants a second factor; its code stays. 404 without such a role. 409 for a
 * system role, of which one thing can change at most: from now on it wants a second factor. 403 when it lets its holders do
 * what the actor may not.
 */
export async function editRole(ctx: SignedInContext, id: string, details: RoleDetails): Promise<Role> {
  const { name, description, second_factor_required } = details;
  const [role] = await ctx.transact(
    lockRole(id),
    guardSystemRole(
      id,
      sql`(select 'This role comes with the platform: ' || case ${roles.code}
        when 'member' then 'nothing of it changes.'
        else 'it can be made to want a second factor, and nothing else of it changes.' end
        from ${roles} where ${eq(roles.id, id)})`,
      sql`${and(
        eq(roles.name, name),
        eq(roles.description, description),
        // Every active member holds "member": it lets nobody do more, and so has nothing to protect.
        sql`(${second_factor_required}::boolean or not ${roles.second_factor_required})
          and not (${second_factor_required}::boolean and ${roles.code} = 'member')`,
      )}`,
    ),
    // Another name may have it given to the wrong people; a second factor may shut its holders out, or protect them.
    guardOwn(ctx.user_id, sql`${grantedTo(id)}`),
    effect(query.update(roles).set(details).where(eq(roles.id, id))),
    selectRole(id),
  );
  return role;
}
