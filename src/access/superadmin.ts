import { and, eq, inArray, isNull, ne, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { roles, user_role_assignments } from "../tables/access.ts";
import { users } from "../tables/people.ts";
import { PERMITTED_STATUSES } from "./access.ts";

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

/**
 * 409 if this person is the last superadmin, not counting those who will be erased or never opened their account. The database
 * refuses to take the last one's role away, but only when it happens; this says so beforehand. Of two who ask at the same time, the
 * second waits.
 */
export function guardSuperadminRemains(t: Plan, user_id: string): void {
  t.effect(query.select({ id: roles.id }).from(roles).where(eq(roles.code, "superadmin")).for("no key update"));
  const another = query
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        ne(users.id, user_id),
        inArray(users.status, [...PERMITTED_STATUSES]),
        users.email_verified,
        isNull(users.erase_at),
        personIsSuperadmin(users.id),
      ),
    );
  t.guard(
    sql`not ${personIsSuperadmin(user_id)} or exists ${another}`,
    409,
    "last_superadmin",
    "At least one superadmin must remain. Please make somebody else a superadmin first.",
  );
}
