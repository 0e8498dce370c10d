import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { roles, user_role_assignments } from "../tables/access.ts";

/** Whether somebody holds the role that may do everything. `user_id` is an id, or SQL that yields one. */
export const personIsSuperadmin = (user_id: string | SQLWrapper): SQL =>
  sql`exists ${query
    .select({ role_id: roles.id })
    .from(user_role_assignments)
    .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
    .where(and(eq(user_role_assignments.user_id, user_id), eq(roles.code, "superadmin")))}`;

/** 403 if a superadmin's powers are at stake, which `concerns` says, and the actor is not a superadmin. */
export const guardSuperadmin = (t: Plan, actor_id: string, concerns: SQL, sentence: string): void =>
  t.guard(sql`not (${concerns}) or ${personIsSuperadmin(actor_id)}`, 403, "superadmins_only", sentence);
