import { and, eq, type SQL, sql } from "drizzle-orm";
import { heldPermissions } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { permissions, roles, user_role_assignments } from "../tables/access.ts";
import { ROLE_NOT_FOUND } from "./find.ts";

/** 404 unless the role exists. Others who edit, delete or assign it wait, and then see what changed. */
export const lockRole = (t: Plan, id: string): void =>
  t.guard(sql`(select ${roles.id} from ${roles} where ${eq(roles.id, id)} for update) is not null`, ...ROLE_NOT_FOUND);

/** 409 for a role that comes with the platform, unless the change `is_allowed` for it. */
export function guardSystemRole(t: Plan, id: string, sentence: string | SQL, is_allowed: SQL = sql`false`): void {
  const mayChange = sql`(not ${roles.system} or ${is_allowed})`;
  t.guard(sql`exists (select from ${roles} where ${and(eq(roles.id, id), mayChange)})`, 409, "system_role", sentence);
}

/** 403 unless the actor holds every permission whose code the query `codes` yields. */
export function guardOwnPermissions(t: Plan, actor_id: string, codes: SQL): void {
  const own = heldPermissions(permissions.code).where(eq(user_role_assignments.user_id, actor_id));
  const missing = sql`(
    select string_agg(distinct code, ', ' order by code) from (${codes}) as needed (code)
    where code not in (${own}))`;
  const sentence = sql`'You can only give, take or change permissions that you hold yourself. You lack: ' || ${missing} || '.'`;
  t.guard(sql`${missing} is null`, 403, "beyond_own_permissions", sentence);
}
