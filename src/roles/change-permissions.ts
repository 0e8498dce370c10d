import { sql } from "drizzle-orm";
import type { SignedInContext } from "../http/context.ts";
import { selectRole } from "./find.ts";
import { grant, grantedTo, withdrawOthers } from "./granted.ts";
import { guardOwn, guardSystemRole, lockRole } from "./rules.ts";
import type { Role, RolePermissions } from "./schemas.ts";

/**
 * Has a role hold just these permissions, from the next request of its holders on. 404 without such a role, 409 for a
 * system role, 403 when the actor lacks one that is added or taken away.
 */
export async function changePermissions(
  ctx: SignedInContext,
  id: string,
  { permissions: codes }: RolePermissions,
): Promise<Role> {
  const wanted = sql`select unnest(${sql.param(codes)}::text[])`;
  const held = grantedTo(id);
  const [role] = await ctx.transact(
    lockRole(id),
    guardSystemRole(id, "This role comes with the platform: what its holders may do cannot be changed."),
    guardOwn(ctx.user_id, sql`(${wanted} except ${held}) union (${held} except ${wanted})`),
    withdrawOthers(id, codes),
    grant(id, codes),
    selectRole(id),
  );
  return role;
}
