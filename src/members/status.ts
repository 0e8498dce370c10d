import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { effect, guard, query, type Silent } from "../database/statements.ts";
import { USER_NOT_FOUND } from "./find.ts";
import { type UserStatus, users } from "./tables.ts";

/** The status flow, the only place that knows it: who may go where. */
export const STATUS_FLOW = {
  verify: { from: ["pending_email"], to: "pending_validation" },
  approve: { from: ["pending_validation", "pre_validated"], to: "payment_pending" },
  reject: { from: ["pending_email", "pending_validation", "pre_validated", "payment_pending"], to: "rejected" },
  renew: { from: ["inactive"], to: "payment_pending" },
  pay: { from: ["payment_pending", "inactive"], to: "active" },
  lapse: { from: ["active"], to: "inactive" },
} as const satisfies Record<string, { from: readonly UserStatus[]; to: UserStatus }>;

export type StatusChange = keyof typeof STATUS_FLOW;

/** Whether a row of `users` may make this change. */
export const may = (change: StatusChange): SQL => inArray(users.status, [...STATUS_FLOW[change].from]);

/** The status of a row of `users` after a change that it makes if it may; for updates that also do other things. */
export const moved = (change: StatusChange): SQL =>
  sql`case when ${may(change)} then ${STATUS_FLOW[change].to}::userstatus else ${users.status} end`;

/**
 * Moves one person along, or refuses: 404 when there is no such person, 409 when their status is another. Two at once
 * wait for each other, and the second is refused.
 */
export function changeStatus(
  change: StatusChange,
  user_id: string,
  sentence: string,
  set: PgUpdateSetSource<typeof users> = {},
): [Silent, Silent, Silent] {
  const person = eq(users.id, user_id);
  return [
    guard(sql`(select ${users.id} from ${users} where ${person} for no key update) is not null`, ...USER_NOT_FOUND),
    guard(sql`exists (select from ${users} where ${and(person, may(change))})`, 409, "status_conflict", sentence),
    effect(
      query
        .update(users)
        .set({ ...set, status: STATUS_FLOW[change].to })
        .where(person),
    ),
  ];
}
