import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { permissions, user_role_assignments } from "../tables/access.ts";
import { heldPermissions } from "./holds.ts";
import { guardSuperadmin, personIsSuperadmin } from "./superadmin.ts";

const codesHeldBy = (user_id: string | SQLWrapper) =>
  heldPermissions(permissions.code).where(eq(user_role_assignments.user_id, user_id));

/** 403 unless the actor holds every permission whose code the query `codes` yields. `rule` begins the refusal. */
export function guardOwnPermissions(
  t: Plan,
  actor_id: string,
  codes: SQL,
  rule = "You can only give, take or change permissions that you hold yourself.",
): void {
  const missing = sql`(
    select string_agg(distinct code, ', ' order by code) from (${codes}) as needed (code)
    where code not in (${codesHeldBy(actor_id)}))`;
  const sentence = sql`${rule}::text || ' You lack: ' || ${missing} || '.'`;
  t.guard(sql`${missing} is null`, 403, "beyond_own_permissions", sentence);
}

/**
 * For everything that takes somebody's powers away, such as rejecting them. 403 if they hold a permission that the actor
 * does not, or are a superadmin and the actor is not one. Lock the person first, so that nobody gives them a role meanwhile.
 *
 * @param verb what the actor does to them, for the sentence: "reject"
 */
export function guardPowers(t: Plan, actor_id: string, user_id: string | SQLWrapper, verb: string): void {
  guardSuperadmin(t, actor_id, personIsSuperadmin(user_id), `Only a superadmin can ${verb} a superadmin.`);
  const rule = `You can only ${verb} people whose permissions you hold yourself.`;
  guardOwnPermissions(t, actor_id, sql`${codesHeldBy(user_id)}`, rule);
}
