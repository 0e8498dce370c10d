import { type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import type { Plan } from "../../database/plan.ts";
import { events } from "../../tables/events.ts";
import { endOfGiven, startOfGiven } from "../../time/days.ts";
import { type Events, isAmong } from "../find.ts";
import type { EventTimes } from "../series/following.ts";
import type { EventChange } from "./schemas.ts";

/** What a client gave, as the columns of `events`. A day begins or ends in the organization's time zone. */
export function givenColumns({ start_at, end_at, answers_open_at, answers_close_at, ...plain }: EventChange) {
  return {
    ...plain,
    ...(start_at !== undefined && { start_at: startOfGiven(start_at) }),
    ...(end_at !== undefined && { end_at: endOfGiven(end_at) }),
    ...(answers_open_at !== undefined && { answers_open_at: startOfGiven(answers_open_at) }),
    ...(answers_close_at !== undefined && { answers_close_at: endOfGiven(answers_close_at) }),
  };
}

/**
 * 400 unless the end is after the start, and answers close after they open. Takes what the columns will be.
 *
 * @param where the rows of `events` that the columns are of, if they are of any
 */
export function validateTimes(
  t: Plan,
  { start_at, end_at, answers_open_at, answers_close_at }: EventTimes,
  where?: SQL,
): void {
  t.valid(eachOf(sql`${end_at} > ${start_at}`, where), "end_at", "must be after start_at");
  t.valid(
    eachOf(sql`coalesce(${answers_close_at} > ${answers_open_at}, true)`, where),
    "answers_close_at",
    "must be after answers_open_at",
  );
}

/** 400 unless answers open before the event starts: after that, nobody can answer. Takes the same as {@link validateTimes}. */
export function validateOpening(t: Plan, { start_at, answers_open_at }: EventTimes, where?: SQL): void {
  const opens = eachOf(sql`coalesce(${answers_open_at} < ${start_at}, true)`, where);
  t.valid(opens, "answers_open_at", "must be before start_at");
}

/** Whether it holds for all rows of `events` that are named, if any are. */
const eachOf = (holds: SQL, where: SQL | undefined): SQL =>
  where ? sql`(select bool_and(${holds}) from ${events} where ${where})` : holds;

/** 403 if the actor changes whether an event is published, and may not. */
export const guardPublishing = (t: Plan, user_id: string, changes: SQL): void =>
  t.guard(
    sql`not ${changes} or ${personHolds(user_id, "events.publish")}`,
    403,
    "permission_missing",
    "You do not have the permission to publish events. Leave out `published` to save a draft.",
  );

/** Whether `published` would differ from what the event is. */
export const publishingChanges = (which: Events, published: boolean): SQL =>
  sql`exists (select from ${events} where ${isAmong(events.id, which)} and ${events.published} <> ${published})`;
