import { and, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { query } from "../database/query.ts";
import { permissions, role_permissions, user_role_assignments } from "../tables/access.ts";
import type { Permission } from "./permissions.ts";

/** What people may do, through any of their roles: one column of `user_role_assignments` joined with `permissions`. */
export const heldPermissions = (column: PgColumn | SQL) =>
  query
    .select({ column })
    .from(user_role_assignments)
    .innerJoin(role_permissions, eq(role_permissions.role_id, user_role_assignments.role_id))
    .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id));

/** Whether somebody holds a permission. For what a route shows to some and hides from others, never for who may call it. */
export const personHolds = (user_id: string | SQLWrapper, permission: Permission): SQL<boolean> =>
  sql<boolean>`exists ${heldPermissions(permissions.id).where(
    and(eq(user_role_assignments.user_id, user_id), eq(permissions.code, permission)),
  )}`;

/** Which of these permissions somebody holds. */
export const selectHeld = (user_id: string, codes: readonly Permission[]) =>
  query.execute<{ code: Permission }>(
    sql`${heldPermissions(permissions.code).where(and(eq(user_role_assignments.user_id, user_id), inArray(permissions.code, [...codes])))}`,
  );

/** The ids of those who hold any of these permissions. For whom to write to, never for who may do something. */
export const holdersOf = (...codes: Permission[]) =>
  heldPermissions(user_role_assignments.user_id).where(inArray(permissions.code, codes));
