import { sql } from "drizzle-orm";
import type { SignedInContext } from "../http/context.ts";
import { selectRole } from "./find.ts";
import { grantPermissions, selectGrantedCodes, withdrawOtherPermissions } from "./granted.ts";
import { guardOwnPermissions, guardSystemRole, lockRole } from "./rules.ts";
import type { Role, RolePermissions } from "./schemas.ts";

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
