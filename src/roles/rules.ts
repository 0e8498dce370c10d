import { and, eq, type SQL, sql } from "drizzle-orm";
import { heldPermissions } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { permissions, roles, user_role_assignments } from "../tables/access.ts";
import { ROLE_NOT_FOUND } from "./find.ts";

/** 404 unless the role exists. Others who edit, delete or assign it wait, and then see what changed. */
export const lockRole = (t: Plan, id: string): void =>
  t.guard(sql`(select ${roles.id} from ${roles} where ${eq(roles.id, id)} for update) is not null`, ...ROLE_NOT_FOUND);

/** 409 for a role that comes with the platform, unless the change `is_allowed` for it. */
export const guardSystemRole = (t: Plan, id: string, sentence: string | SQL, is_allowed: SQL = sql`false`): void =>
  t.guard(
    sql`exists (select from ${roles} where ${and(eq(roles.id, id), sql`(not ${roles.system} or ${is_allowed})`)})`,
    409,
    "system_role",
    sentence,
  );

/**
 * 403 unless the actor holds every one of these permissions: those that a role gains or loses, or that an edited or
 * reassigned role has.
 *
 * @param codes a query whose one column is their codes
 */
export function guardOwnPermissions(t: Plan, actor_id: string, codes: SQL): void {
  const own = heldPermissions(permissions.code).where(eq(user_role_assignments.user_id, actor_id));
  const missing = sql`(
    select string_agg(distinct code, ', ' order by code) from (${codes}) as needed (code)
    where code not in (${own}))`;
  t.guard(
    sql`${missing} is null`,
    403,
    "beyond_own_permissions",
    sql`'You can only give, take or change permissions that you hold yourself. You lack: ' || ${missing} || '.'`,
  );
}
