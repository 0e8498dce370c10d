import { and, asc, eq, notInArray, type SQLWrapper, sql } from "drizzle-orm";
import type { Permission } from "../access/permissions.ts";
import { permissions, role_permissions } from "../access/tables.ts";
import { effect, query, type Silent } from "../database/statements.ts";

/** The codes of what a role holds, in order. */
export const grantedTo = (role_id: string | SQLWrapper) =>
  query
    .select({ code: permissions.code })
    .from(role_permissions)
    .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id))
    .where(eq(role_permissions.role_id, role_id))
    .orderBy(asc(permissions.code));

/** Has a role hold these too. */
export const grant = (role_id: string, codes: readonly Permission[]): Silent =>
  effect(
    query.execute(sql`
      insert into ${role_permissions} (role_id, permission_id)
      select ${role_id}::uuid, id from ${permissions} where code = any(${sql.param(codes)}::text[])
      on conflict do nothing`),
  );

/** Has a role hold none but these. */
export const withdrawOthers = (role_id: string, codes: readonly Permission[]): Silent =>
  effect(
    query.execute(sql`
      delete from ${role_permissions} using ${permissions}
      where ${and(
        eq(role_permissions.role_id, role_id),
        eq(permissions.id, role_permissions.permission_id),
        notInArray(permissions.code, [...codes]),
      )}`),
  );
