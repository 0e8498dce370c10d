import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { permissions, user_role_assignments } from "../tables/access.ts";
import { heldPermissions } from "./holds.ts";
import { guardSuperadmin, personIsSuperadmin } from "./superadmin.ts";

const codesHeldBy = (user_id: string | SQLWrapper) =>
  heldPermissions(permissions.code).where(eq(user_role_assignments.user_id, user_id));

/** Whether somebody holds every permission whose code the query `codes` yields. */
export const personHoldsAll = (user_id: string | SQLWrapper, codes: SQL): SQL =>
  sql`not exists (select from (${codes}) as needed (code) where code not in (${codesHeldBy(user_id)}))`;

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

/** Why the actor cannot do something to people who hold more than the actor, by the code of the refusal. */
export const powersInWords = (verb: string) => ({
  superadmins_only: `Only a superadmin can ${verb} a superadmin.`,
  beyond_own_permissions: `You can only ${verb} people whose permissions you hold yourself.`,
});

/** The code with which {@link guardPowers} would refuse, or null. For many people in one statement. */
export const powersRefusal = (actor_id: string | SQLWrapper, user_id: SQLWrapper): SQL<string | null> => sql<
  string | null
>`case
  when ${personIsSuperadmin(user_id)} and not ${personIsSuperadmin(actor_id)} then 'superadmins_only'
  when not ${personHoldsAll(actor_id, sql`${codesHeldBy(user_id)}`)} then 'beyond_own_permissions' end`;

/**
 * For everything that takes somebody's powers away, such as rejecting them. 403 if they hold a permission that the actor
 * does not, or are a superadmin and the actor is not one. Lock the person first, so that nobody gives them a role meanwhile.
 *
 * @param verb what the actor does to them, for the sentence: "reject"
 */
export function guardPowers(t: Plan, actor_id: string, user_id: string | SQLWrapper, verb: string): void {
  const { superadmins_only, beyond_own_permissions } = powersInWords(verb);
  guardSuperadmin(t, actor_id, personIsSuperadmin(user_id), superadmins_only);
  guardOwnPermissions(t, actor_id, sql`${codesHeldBy(user_id)}`, beyond_own_permissions);
}
