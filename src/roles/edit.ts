import { and, eq, sql } from "drizzle-orm";
import { guardOwnPermissions } from "../access/powers.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { roles } from "../tables/access.ts";
import { selectRole } from "./find.ts";
import { grantPermissions, selectGrantedCodes, withdrawOtherPermissions } from "./granted.ts";
import { guardSystemRole, lockRole } from "./rules.ts";
import type { Role, RoleDetails, RolePermissions } from "./schemas.ts";

/**
 * Whether a system role allows this change. All that anyone may do is make it require a second factor. `member` does
 * not allow even that, because every active member holds it, and it grants nothing that needs protection.
 */
const isAllowedForSystemRole = ({ name, description, second_factor_required }: RoleDetails) =>
  sql`${and(
    eq(roles.name, name),
    eq(roles.description, description),
    sql`(${second_factor_required}::boolean or not ${roles.second_factor_required})
      and not (${second_factor_required}::boolean and ${roles.code} = 'member')`,
  )}`;

const systemRoleSentence = (id: string) =>
  sql`(select case ${roles.code}
    when 'member' then 'This role comes with the platform and cannot change.'
    else 'This role comes with the platform. You can make it require a second factor, but you cannot change anything else.' end
    from ${roles} where ${eq(roles.id, id)})`;

/**
 * Edits a role's name, description, and whether it requires a second factor. 404 without such a role. 409 for a system
 * role, except to make it require a second factor. 403 when the role has a permission that the actor does not hold.
 */
export const editRole = (ctx: SignedInContext, id: string, details: RoleDetails): Promise<Role> =>
  ctx.transact((t) => {
    lockRole(t, id);
    guardSystemRole(t, id, systemRoleSentence(id), isAllowedForSystemRole(details));
    // A misleading name could get the role to the wrong people. A required second factor could lock its holders out.
    guardOwnPermissions(t, ctx.user_id, sql`${selectGrantedCodes(id)}`);
    t.effect(query.update(roles).set(details).where(eq(roles.id, id)));
    return t.one(selectRole(id));
  });

/**
 * Replaces the permissions of a role, from its holders' next request on. 404 without such a role, 409 for a system role,
 * 403 when the actor does not hold a permission that is added or removed.
 */
export const editRolePermissions = (
  ctx: SignedInContext,
  id: string,
  { permissions: codes }: RolePermissions,
): Promise<Role> =>
  ctx.transact((t) => {
    const wanted = sql`select unnest(${sql.param(codes)}::text[])`;
    const granted = selectGrantedCodes(id);
    lockRole(t, id);
    guardSystemRole(t, id, "This role comes with the platform, so its permissions cannot change.");
    guardOwnPermissions(t, ctx.user_id, sql`(${wanted} except ${granted}) union (${granted} except ${wanted})`);
    withdrawOtherPermissions(t, id, codes);
    grantPermissions(t, id, codes);
    return t.one(selectRole(id));
  });
