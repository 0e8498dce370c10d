import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { query } from "../database/statements.ts";
import type { Permission } from "./permissions.ts";
import { permissions, role_permissions, user_role_assignments } from "./tables.ts";

/** What people may do, through whichever roles: one column of `user_role_assignments` joined with `permissions`. */
export const heldPermissions = (column: PgColumn | SQL) =>
  query
    .select({ column })
    .from(user_role_assignments)
    .innerJoin(role_permissions, eq(role_permissions.role_id, user_role_assignments.role_id))
    .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id));

/** Whether somebody holds a permission: for what a route shows to some more than to others, never for who may call it. */
export const holds = (user_id: string, permission: Permission): SQL<boolean> =>
  sql<boolean>`exists ${heldPermissions(permissions.id).where(
    and(eq(user_role_assignments.user_id, user_id), eq(permissions.code, permission)),
  )}`;

/** The ids of those who hold one of some permissions: for whom to write to, never for who may do something. */
export const holdersOf = (...codes: Permission[]) =>
  heldPermissions(user_role_assignments.user_id).where(inArray(permissions.code, codes));
