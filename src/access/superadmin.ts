import { and, eq, type SQL, sql } from "drizzle-orm";
import { guard, query, type Silent } from "../database/statements.ts";
import { roles, user_role_assignments } from "./tables.ts";

/** Whether somebody holds the role that may do everything. */
export const isSuperadmin = (user_id: string): SQL =>
  sql`exists ${query
    .select({ role_id: roles.id })
    .from(user_role_assignments)
    .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
    .where(and(eq(user_role_assignments.user_id, user_id), eq(roles.code, "superadmin")))}`;

/** 403 unless the actor is a superadmin, where `concerns` says that it is one's powers that would come or go. */
export const guardSuperadmin = (actor_id: string, concerns: SQL, sentence: string): Silent =>
  guard(sql`not (${concerns}) or ${isSuperadmin(actor_id)}`, 403, "superadmins_only", sentence);
