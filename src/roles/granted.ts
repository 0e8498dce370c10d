import { and, asc, eq, notInArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Permission } from "../access/permissions.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { permissions, role_permissions } from "../tables/access.ts";

/** The codes of the permissions of those roles whose `role_permissions` match the condition. */
export const selectCodesOf = (which: SQL) =>
  query
    .select({ code: permissions.code })
    .from(role_permissions)
    .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id))
    .where(which);

/** The codes of a role's permissions, in order. */
export const selectGrantedCodes = (role_id: string | SQLWrapper) =>
  selectCodesOf(eq(role_permissions.role_id, role_id)).orderBy(asc(permissions.code));

export const grantPermissions = (t: Plan, role_id: string, codes: readonly Permission[]): void =>
  t.effect(
    query.execute(sql`
      insert into ${role_permissions} (role_id, permission_id)
      select ${role_id}::uuid, id from ${permissions} where code = any(${sql.param(codes)}::text[])
      on conflict do nothing`),
  );

export const withdrawOtherPermissions = (t: Plan, role_id: string, codes: readonly Permission[]): void =>
  t.effect(
    query.execute(sql`
      delete from ${role_permissions} using ${permissions}
      where ${and(
        eq(role_permissions.role_id, role_id),
        eq(permissions.id, role_permissions.permission_id),
        notInArray(permissions.code, [...codes]),
      )}`),
  );
