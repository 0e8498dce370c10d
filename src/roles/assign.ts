import { and, asc, eq, inArray, ne, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import { guardOwnPermissions } from "../access/powers.ts";
import { guardSuperadmin } from "../access/superadmin.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { guardPerson } from "../people/person.ts";
import { role_permissions, roles, user_role_assignments } from "../tables/access.ts";
import { users } from "../tables/people.ts";
import { selectCodesOf } from "./granted.ts";
import { selectHeldRoleIds, selectHeldRoles } from "./held.ts";
import type { HeldRoles, RoleAssignment } from "./schemas.ts";

/** A trigger gives and takes `member` with the status, so requests neither give nor take it. */
export const roleIsAssignable = ne(roles.code, "member");

const selectRoleIds = (which?: SQL) => query.select({ id: roles.id }).from(roles).where(which);

/**
 * Replaces a person's roles, from their next request on. 404 without such a person or role. 403 when a role that is given
 * or taken has a permission that the actor does not hold, or is superadmin and the actor is not one. 409 when somebody
 * with an unverified address would get a role, or the last superadmin would lose theirs.
 */
export async function assignRoles(
  ctx: SignedInContext,
  user_id: string,
  { role_ids }: RoleAssignment,
): Promise<HeldRoles> {
  const wanted = inArray(roles.id, role_ids);
  const held = inArray(roles.id, selectHeldRoleIds(user_id));
  const given = and(roleIsAssignable, wanted, not(held));
  const changed = and(roleIsAssignable, sql`(${wanted}) <> (${held})`);
  const codesOfChanged = selectCodesOf(inArray(role_permissions.role_id, selectRoleIds(changed)));
  const items = await ctx.transact((t) => {
    lockPeople(t, [user_id, ctx.user_id]);
    lockRoles(t, or(wanted, held));
    guardPerson(t, user_id);
    guardRolesExist(t, role_ids);
    guardSuperadmin(
      t,
      ctx.user_id,
      sql`exists ${selectRoleIds(and(changed, eq(roles.code, "superadmin")))}`,
      "Only a superadmin can add or remove superadmins.",
    );
    guardOwnPermissions(t, ctx.user_id, sql`${codesOfChanged}`);
    guardVerifiedAddress(t, user_id, given);
    // Give before taking, so that the displayed role changes once, and leaves one audit entry.
    giveRoles(t, user_id, wanted, ctx.user_id);
    takeOtherRoles(t, user_id, role_ids);
    return t.many(selectHeldRoles(user_id));
  });
  return { items, next_cursor: null };
}

/** Locks both in order of their ids, so that two people who change each other's roles do not deadlock. */
function lockPeople(t: Plan, ids: string[]): void {
  const which = inArray(users.id, ids);
  t.effect(query.select({ id: users.id }).from(users).where(which).orderBy(users.id).for("no key update"));
}

export const lockRoles = (t: Plan, which: SQL | undefined): void =>
  t.effect(selectRoleIds(and(roleIsAssignable, which)).orderBy(asc(roles.id)).for("no key update"));

function guardRolesExist(t: Plan, role_ids: string[]): void {
  const unknown = sql`(
    select string_agg(distinct id::text, ', ') from unnest(${sql.param(role_ids)}::uuid[]) as wanted (id)
    where id not in (${selectRoleIds()}))`;
  t.guard(sql`${unknown} is null`, 404, "role_not_found", sql`'There is no such role: ' || ${unknown} || '.'`);
}

/** Whoever follows the link that was mailed to an unverified address would get the role, and that may be a stranger. */
const guardVerifiedAddress = (t: Plan, user_id: string, given: SQL | undefined): void =>
  t.guard(
    sql`not exists ${selectRoleIds(given)}
      or exists (select from ${users} where ${and(eq(users.id, user_id), users.email_verified)})`,
    409,
    "address_not_verified",
    "Only people who have confirmed their email address can be given roles.",
  );

/** Gives a person the roles that match a condition on `roles`. */
export const giveRoles = (t: Plan, user_id: string, which: SQL, assigned_by: string): void =>
  t.effect(
    query.execute(sql`
      insert into ${user_role_assignments} (user_id, role_id, assigned_by)
      select ${user_id}::uuid, id, ${assigned_by}::uuid from ${roles}
      where ${and(roleIsAssignable, which)}
      on conflict do nothing`),
  );

/** Takes all roles of a person except these. */
export function takeOtherRoles(t: Plan, user_id: string, role_ids: string[]): void {
  const others = selectRoleIds(and(roleIsAssignable, notInArray(roles.id, role_ids)));
  t.effect(
    query
      .delete(user_role_assignments)
      .where(and(eq(user_role_assignments.user_id, user_id), inArray(user_role_assignments.role_id, others))),
  );
}
