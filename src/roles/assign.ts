import { and, asc, eq, inArray, ne, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import { guardSuperadmin } from "../access/superadmin.ts";
import { permissions, role_permissions, roles, user_role_assignments } from "../access/tables.ts";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { guardPerson } from "../members/find.ts";
import { users } from "../members/tables.ts";
import { roleIdsOf, selectHeld } from "./held.ts";
import { guardOwn } from "./rules.ts";
import type { HeldRoles, RoleAssignment } from "./schemas.ts";

/** A trigger gives and takes it with the status: nobody does by hand, and whether it is asked for makes no difference. */
const byHand = ne(roles.code, "member");

const selectRoles = (which: SQL | undefined) => query.select({ id: roles.id }).from(roles).where(which);

/**
 * Has a person hold just these roles, from their next request on. 404 without such a person or role. 403 when a role that
 * is given or taken holds what the actor does not, or is the superadmin's and the actor is none. 409 when one is
 * given to somebody whose address is not verified, and when nobody would remain who may do everything.
 */
export async function assignRoles(
  ctx: SignedInContext,
  user_id: string,
  { role_ids }: RoleAssignment,
): Promise<HeldRoles> {
  const wanted = inArray(roles.id, role_ids);
  const held = inArray(roles.id, roleIdsOf(user_id));
  const given = and(byHand, wanted, not(held));
  const changed = and(byHand, sql`(${wanted}) <> (${held})`);
  const unknown = sql`(
    select string_agg(distinct id::text, ', ') from unnest(${sql.param(role_ids)}::uuid[]) as wanted (id)
    where id not in (${selectRoles(undefined)}))`;

  const [items] = await ctx.transact(
    // By id, so that two who change each other wait for each other and neither waits in a circle.
    effect(
      query
        .select({ id: users.id })
        .from(users)
        .where(inArray(users.id, [user_id, ctx.user_id]))
        .orderBy(asc(users.id))
        .for("no key update"),
    ),
    effect(
      selectRoles(and(byHand, or(wanted, held)))
        .orderBy(asc(roles.id))
        .for("no key update"),
    ),
    guardPerson(user_id),
    guard(sql`${unknown} is null`, 404, "role_not_found", sql`'There is no such role: ' || ${unknown} || '.'`),
    guardSuperadmin(
      ctx.user_id,
      sql`exists ${selectRoles(and(changed, eq(roles.code, "superadmin")))}`,
      "Only a superadmin can make somebody a superadmin, or unmake one.",
    ),
    guardOwn(
      ctx.user_id,
      sql`${query
        .select({ code: permissions.code })
        .from(role_permissions)
        .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id))
        .where(inArray(role_permissions.role_id, selectRoles(changed)))}`,
    ),
    // It would wait for whoever follows the link that is mailed there.
    guard(
      sql`not exists ${selectRoles(given)}
        or exists (select from ${users} where ${and(eq(users.id, user_id), users.email_verified)})`,
      409,
      "address_not_verified",
      "Roles go only to people who have confirmed their address.",
    ),
    // First what is given: the highest role, which is displayed and audited, then moves once.
    effect(
      query.execute(sql`
        insert into ${user_role_assignments} (user_id, role_id, assigned_by)
        select ${user_id}::uuid, id, ${ctx.user_id}::uuid from ${roles} where ${and(byHand, wanted)}
        on conflict do nothing`),
    ),
    effect(
      query
        .delete(user_role_assignments)
        .where(
          and(
            eq(user_role_assignments.user_id, user_id),
            inArray(user_role_assignments.role_id, selectRoles(and(byHand, notInArray(roles.id, role_ids)))),
          ),
        ),
    ),
    selectHeld(user_id),
  );
  return { items, next_cursor: null };
}
