import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../../access/access.ts";
import { personHolds } from "../../access/holds.ts";
import { guardPowers } from "../../access/powers.ts";
import { guardSuperadminRemains } from "../../access/superadmin.ts";
import { endSessions } from "../../accounts/session.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, isPerson, lockPeople } from "../../people/person.ts";
import { personIsTakenOn } from "../../people/taken-on.ts";
import { lockRoles, roleIsAssignable, takeOtherRoles } from "../../roles/assign.ts";
import { selectHeldRoleIds } from "../../roles/held.ts";
import { roles } from "../../tables/access.ts";
import { sessions } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import type { HandedOver, HandOver } from "./hand-over-schemas.ts";

/**
 * Ends a volunteer's roles and with them their sessions, and gives the applications that they look after to somebody else.
 * They stay a member. 404; 400 if they would take over themselves; 403 if they hold powers that the actor lacks; 409 for
 * the last superadmin, if `to` may not decide on applications, and if there is nothing to hand over.
 */
export async function handOver(ctx: SignedInContext, user_id: string, { to }: HandOver): Promise<HandedOver> {
  const { roles_held, applications } = await ctx.transact((t) => {
    const isTheirs = eq(users.taken_on_by, user_id);
    lockPeople(
      t,
      sql`array(${query
        .select({ id: users.id })
        .from(users)
        .where(sql`${inArray(users.id, [user_id, ctx.user_id, ...(to ? [to] : [])])} or ${isTheirs}`)})`,
    );
    const isHeld = and(roleIsAssignable, inArray(roles.id, selectHeldRoleIds(user_id)));
    const holdsRoles = sql`exists ${query.select({ id: roles.id }).from(roles).where(isHeld)}`;
    lockRoles(t, isHeld);
    guardPerson(t, user_id);
    guardPowers(t, ctx.user_id, user_id, "take the roles of");
    if (to) guardSuccessor(t, user_id, to);
    guardSuperadminRemains(t, user_id);
    t.guard(
      sql`${holdsRoles} or exists ${query.select({ id: users.id }).from(users).where(and(isTheirs, personIsTakenOn))}`,
      409,
      "nothing_to_hand_over",
      "This person has no roles and looks after no applications.",
    );
    const read = {
      roles_held: t.many(query.select({ code: roles.code }).from(roles).where(isHeld).orderBy(roles.code)),
      applications: t.many(query.select({ id: users.id }).from(users).where(and(isTheirs, personIsTakenOn))),
    };
    moveApplications(t, isTheirs, to);
    endSessions(t, "handed_over", sql`${and(eq(sessions.user_id, user_id), holdsRoles)}`);
    takeOtherRoles(t, user_id, []);
    return read;
  });
  return { id: user_id, ended_roles: roles_held.map(({ code }) => code), applications: applications.length };
}

function guardSuccessor(t: Plan, user_id: string, to: string): void {
  t.valid(sql`${to}::uuid <> ${user_id}::uuid`, "to", "must be somebody else");
  t.guard(
    sql`exists (select from ${users} where ${and(isPerson(to), inArray(users.status, [...PERMITTED_STATUSES]))})
      and ${personHolds(to, "users.approve")}`,
    409,
    "cannot_take_over",
    "Only somebody who may approve applications can take them over.",
  );
}

/** Whoever takes over has three days again. Nobody looks after their own application, or after one that was free already. */
function moveApplications(t: Plan, isTheirs: SQL, to: string | null): void {
  const moves = to ? sql`(${and(personIsTakenOn, ne(users.id, to))})` : sql`false`;
  t.effect(
    query
      .update(users)
      .set({
        taken_on_by: sql`case when ${moves} then ${to}::uuid end`,
        taken_on_at: sql`case when ${moves} then now() end`,
      })
      .where(isTheirs),
  );
}
