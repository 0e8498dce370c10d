import { and, eq, or, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { users } from "../tables/people.ts";
import { accept, decline, removeAnswer } from "./answer.ts";
import { guardEvent, guardNotStarted, isAnswerOf, lockEvent } from "./find.ts";
import { type MyRsvp, myRsvp, type RsvpInput } from "./schemas.ts";
import { fillSeats } from "./seats.ts";

const NO_ANSWER: MyRsvp = {
  rsvp_status: null,
  guests: 0,
  position: null,
  show_name: false,
  check_in_code: null,
  answers: [],
};

const readAnswer = (t: Plan, event_id: string, user_id: string): Handle<MyRsvp> =>
  t.combine(
    t.maybe(query.select({ mine: myRsvp }).from(event_rsvps).where(isAnswerOf(event_id, user_id))),
    (row) => row?.mine ?? NO_ANSWER,
  );

/** Locks an event for somebody who answers it. A draft is 404 to everybody who has no answer to give up. */
export const lockForAnswer = (t: Plan, event_id: string, user_id: string): void =>
  lockEvent(
    t,
    event_id,
    or(events.published, sql`exists (select from ${event_rsvps} where ${isAnswerOf(event_id, user_id)})`),
  );

/**
 * Answers an event. A yes takes seats for me and my guests or, if the event is full, a place in line. 404 for a draft, 403 if
 * my status is not welcome, 400 for too many guests or a missing answer to a question. 409 if the event is full, canceled, or
 * has started, and if answers are not open. Giving up what I have, or a part of it, always works until the start.
 */
export async function rsvp(ctx: SignedInContext, event_id: string, input: RsvpInput): Promise<MyRsvp> {
  const { user_id } = ctx;
  return ctx.transact((t) => {
    lockForAnswer(t, event_id, user_id);
    if (input.rsvp_status === "no") decline(t, event_id, user_id);
    else {
      const keeps = answerKeeps(event_id, user_id, input);
      guardWelcome(t, event_id, user_id, keeps);
      guardOpen(t, event_id, keeps);
      accept(t, { ...input, event_id, user_id, owes_no_answers: keeps });
    }
    return readAnswer(t, event_id, user_id);
  });
}

/** Takes back my answer, whatever it was. 404 for a draft, 409 if the event has started. Repeating changes nothing. */
export async function withdraw(ctx: SignedInContext, event_id: string): Promise<MyRsvp> {
  const { user_id } = ctx;
  return ctx.transact((t) => {
    lockForAnswer(t, event_id, user_id);
    guardNotStarted(t, event_id);
    removeAnswer(t, event_id, user_id);
    fillSeats(t, event_id);
    return readAnswer(t, event_id, user_id);
  });
}

/**
 * Whether somebody repeats what they said, with no more guests than they have. Those who wait said yes. Nobody who leaves a
 * guest at home or hides their name must ask for leave.
 */
function answerKeeps(event_id: string, user_id: string, { rsvp_status, guests }: RsvpInput): SQL {
  const said = sql`case ${event_rsvps.rsvp_status} when 'waitlisted' then 'yes' else ${event_rsvps.rsvp_status} end`;
  const brings = rsvp_status === "yes" && guests !== undefined ? sql`${guests}::int` : sql`0`;
  return sql`exists (select from ${event_rsvps} where ${isAnswerOf(event_id, user_id)}
    and ${said} = ${rsvp_status} and ${brings} <= ${event_rsvps.guests})`;
}

/** Locks the person too: whoever is being rejected is either refused, or has an answer that the rejection takes back. */
const guardWelcome = (t: Plan, event_id: string, user_id: string, keeps: SQL): void =>
  t.guard(
    sql`(${keeps} or exists (
      select from ${events} join ${users} on ${users.status} = any (${events.welcome_statuses})
      where ${and(eq(events.id, event_id), eq(users.id, user_id))} for share of ${users}))`,
    403,
    "status_not_welcome",
    "You cannot sign up for this event. If you would like to come, please ask us.",
  );

/** Outside the times for answers, people can only keep what they have, or less. */
function guardOpen(t: Plan, event_id: string, keeps: SQL): void {
  const opened = sql`coalesce(${events.answers_open_at} <= now(), true)`;
  const closed = sql`coalesce(${events.answers_close_at} <= now(), false)`;
  guardEvent(t, event_id, sql`(${opened} or ${keeps})`, "answers_not_open", "This event does not take answers yet.");
  guardEvent(
    t,
    event_id,
    sql`(not ${closed} or ${keeps})`,
    "answers_closed",
    "This event takes no more answers. You can still give up your seat.",
  );
}
