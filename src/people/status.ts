import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { users } from "../tables/people.ts";
import { guardPerson, lockPerson, personIsKnown } from "./person.ts";
import type { UserStatus } from "./schemas.ts";

/** From which statuses each change may start, and where it leads. Only this table says so. */
export const STATUS_FLOW = {
  verify: { from: ["pending_email"], to: "pending_validation" },
  pre_validate: { from: ["pending_validation"], to: "pre_validated" },
  undo_pre_validation: { from: ["pre_validated"], to: "pending_validation" },
  approve: { from: ["pending_validation", "pre_validated"], to: "payment_pending" },
  reject: { from: ["pending_email", "pending_validation", "pre_validated", "payment_pending"], to: "rejected" },
  reconsider: { from: ["rejected"], to: "pending_validation" },
  reconsider_unverified: { from: ["rejected"], to: "pending_email" },
  renew: { from: ["inactive"], to: "payment_pending" },
  pay: { from: ["payment_pending", "inactive"], to: "active" },
  lapse: { from: ["active"], to: "inactive" },
  deactivate: { from: ["active"], to: "inactive" },
} as const satisfies Record<string, { from: readonly UserStatus[]; to: UserStatus }>;

export type StatusChange = keyof typeof STATUS_FLOW;

/** Whether a row of `users` may make this change. Somebody who was erased makes none. */
export const personMay = (change: StatusChange): SQL =>
  sql`(${and(inArray(users.status, [...STATUS_FLOW[change].from]), personIsKnown)})`;

/** The status of a row of `users` after this change. If the row may not make the change, its current status. */
export const statusAfter = (change: StatusChange): SQL =>
  sql`case when ${personMay(change)} then ${STATUS_FLOW[change].to}::userstatus else ${users.status} end`;

/**
 * Changes one person's status. 404 if there is no such person, 409 if their status does not allow it. Of two changes at
 * the same time, the second waits, and then starts from the status that the first one left.
 */
export function changeStatus(
  t: Plan,
  change: StatusChange,
  user_id: string,
  sentence: string,
  set: PgUpdateSetSource<typeof users> = {},
): void {
  const person = eq(users.id, user_id);
  lockPerson(t, user_id);
  guardPerson(t, user_id);
  t.guard(sql`exists (select from ${users} where ${and(person, personMay(change))})`, 409, "status_conflict", sentence);
  t.effect(
    query
      .update(users)
      .set({ ...set, status: STATUS_FLOW[change].to })
      .where(person),
  );
}

/** Makes this change of those people who may make it and for whom all of these hold: conditions on `users`. */
export const changeStatusWhere = (t: Plan, change: StatusChange, ...conditions: (SQL | undefined)[]): void =>
  t.effect(
    query
      .update(users)
      .set({ status: STATUS_FLOW[change].to })
      .where(and(personMay(change), ...conditions)),
  );
