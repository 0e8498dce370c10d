import { and, eq, type SQL, sql } from "drizzle-orm";
import { heldPermissions } from "../access/holds.ts";
import { permissions, roles, user_role_assignments } from "../access/tables.ts";
import { guard, type Silent } from "../database/statements.ts";
import { ROLE_NOT_FOUND } from "./find.ts";

/** 404 unless the role is there. Whoever else changes, deletes or gives it waits, and decides on what is left. */
export const lockRole = (id: string): Silent =>
  guard(sql`(select ${roles.id} from ${roles} where ${eq(roles.id, id)} for update) is not null`, ...ROLE_NOT_FOUND);

/** 409 when the role came with the platform, unless `stays` says that nothing of it changes that may not. */
export const guardSystemRole = (id: string, sentence: string | SQL, stays: SQL = sql`false`): Silent =>
  guard(
    sql`exists (select from ${roles} where ${and(eq(roles.id, id), sql`(not ${roles.system} or ${stays})`)})`,
    409,
    "system_role",
    sentence,
  );

/**
 * 403 unless the actor holds every permission that is given or taken, or that a role which is changed holds.
 *
 * @param codes a query whose one column is their codes
 */
export function guardOwn(actor_id: string, codes: SQL): Silent {
  const own = heldPermissions(permissions.code).where(eq(user_role_assignments.user_id, actor_id));
  const beyond = sql`(
    select string_agg(distinct code, ', ' order by code) from (${codes}) as moved (code)
    where code not in (${own}))`;
  return guard(
    sql`${beyond} is null`,
    403,
    "beyond_own_permissions",
    sql`'You can give, take and change only what you may do yourself. You lack: ' || ${beyond} || '.'`,
  );
}
