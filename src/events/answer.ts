import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { users } from "../tables/people.ts";
import { guardNotCancelled, guardNotStarted, isAnswerOf } from "./find.ts";
import { forgetMails, MAILS_ABOUT_SEATS } from "./forget-mails.ts";
import { mailAboutEvent } from "./mails.ts";
import { forgetAnswers, requireAnswers, storeAnswers } from "./questions.ts";
import { fillSeats, outcomeOfYes } from "./seats.ts";

export const EVENT_FULL = [409, "event_full", "There are not enough seats left."] as const;

export interface Answer {
  event_id: string;
  user_id: string;
  rsvp_status: "yes" | "no" | "maybe";
  /** Left out, whoever said yes before brings as many as they said. */
  guests?: number | undefined;
  show_name?: boolean | undefined;
  answers?: { question_id: string; answer: string }[] | undefined;
  /** The volunteer who answers for them. */
  recorded_by?: string | undefined;
  /** Whether a yes goes without the answers to the questions that the event requires. */
  owes_no_answers: SQL;
}

interface Stored extends Pick<Answer, "event_id" | "user_id" | "show_name" | "recorded_by"> {
  guests: number | SQL;
}

/** Stores what somebody answered. Whoever joins the line anew gets a new number, the highest yet. */
function store(t: Plan, { event_id, user_id, guests, show_name, recorded_by }: Stored, rsvp_status: SQL): void {
  const stays = sql`${event_rsvps.rsvp_status} is not distinct from excluded.rsvp_status`;
  const kept = (column: "line_number" | "told_at", otherwise: SQL) =>
    sql`case when ${stays} then ${event_rsvps[column]} else ${otherwise} end`;
  t.effect(
    query
      .insert(event_rsvps)
      .values({
        event_id,
        user_id,
        rsvp_status,
        guests,
        show_name: show_name ?? false,
        recorded_by: recorded_by ?? null,
      })
      .onConflictDoUpdate({
        target: [event_rsvps.event_id, event_rsvps.user_id],
        set: {
          rsvp_status: sql`excluded.rsvp_status`,
          guests: sql`excluded.guests`,
          ...(show_name !== undefined && { show_name }),
          line_number: kept("line_number", sql`excluded.line_number`),
          told_at: kept("told_at", sql`null`),
          recorded_by: recorded_by ?? null,
          answered_at: sql`now()`,
        },
      }),
  );
}

/**
 * Stores a yes or a maybe, and what follows: a seat with a mail, or a place in line. 400 for too many guests, and without the
 * answers that the event requires. 409 if it is canceled, has started, or has neither a seat nor a place in line. Lock the
 * event first.
 */
export function accept(t: Plan, answer: Answer): void {
  const { event_id, rsvp_status, answers = [] } = answer;
  guardNotCancelled(t, event_id);
  guardNotStarted(t, event_id);
  if (rsvp_status === "yes") {
    requireAnswers(t, answer, answers, answer.owes_no_answers);
    acceptYes(t, answer);
  } else acceptMaybe(t, answer);
  storeAnswers(t, answer, answers);
  fillSeats(t, event_id);
}

function acceptYes(t: Plan, answer: Answer): void {
  const { event_id, user_id } = answer;
  const has = sql`coalesce((select ${event_rsvps.guests} from ${event_rsvps} where ${isAnswerOf(event_id, user_id)}), 0)`;
  const guests = answer.guests ?? has;
  // A volunteer may have lowered the limit since they answered. They keep their guests.
  const limit = sql`greatest(${has}, (select ${events.guests_limit} from ${events} where ${eq(events.id, event_id)}))`;
  t.valid(sql`${guests} <= ${limit}`, "guests", sql`'must be at most ' || ${limit}`);
  const outcome = outcomeOfYes(event_id, user_id, guests);
  t.guard(sql`${outcome} is not null`, ...EVENT_FULL);
  const gets_seat = and(
    eq(users.id, user_id),
    sql`${event_rsvps.rsvp_status} is distinct from 'yes'`,
    sql`${outcome} = 'yes'`,
  );
  const mail = answer.recorded_by ? "event_seat_given" : "event_confirmed";
  mailAboutEvent(t, mail, event_id, sql`${gets_seat}`, sql`'yes'`);
  store(t, { ...answer, guests }, outcome);
}

/** Whoever had a seat or a place in line gives it up. If a volunteer does that for them, they are told. */
function acceptMaybe(t: Plan, answer: Answer): void {
  const { event_id, user_id, recorded_by } = answer;
  const gives_up = inArray(event_rsvps.rsvp_status, ["yes", "waitlisted"]);
  if (recorded_by)
    mailAboutEvent(t, "event_answer_removed", event_id, sql`${and(eq(users.id, user_id), gives_up)}`, sql`'maybe'`);
  const given_up = sql`${and(isAnswerOf(event_id, user_id), gives_up)}`;
  forgetMails(t, given_up, MAILS_ABOUT_SEATS);
  forgetAnswers(t, given_up);
  store(t, { ...answer, guests: 0 }, sql`'maybe'::rsvpstatus`);
}

/** Turns an answer into a no, if there is one. */
const changeToNo = (t: Plan, event_id: string, user_id: string): void =>
  t.effect(
    query
      .update(event_rsvps)
      .set({
        rsvp_status: "no",
        guests: 0,
        line_number: sql`default`,
        told_at: null,
        recorded_by: null,
        answered_at: sql`now()`,
      })
      .where(and(isAnswerOf(event_id, user_id), ne(event_rsvps.rsvp_status, "no"))),
  );

/**
 * Stores a no. It always works until the event starts. Lock the event first.
 *
 * @param if_answered whether somebody without an answer stays without one
 */
export function decline(t: Plan, event_id: string, user_id: string, { if_answered = false } = {}): void {
  guardNotStarted(t, event_id);
  forgetMails(t, isAnswerOf(event_id, user_id));
  if (if_answered) changeToNo(t, event_id, user_id);
  else store(t, { event_id, user_id, guests: 0 }, sql`'no'::rsvpstatus`);
  forgetAnswers(t, isAnswerOf(event_id, user_id));
  fillSeats(t, event_id);
}

/** Removes an answer. Whoever already came stays as somebody who came without one. Lock the event first. */
export function removeAnswer(t: Plan, event_id: string, user_id: string): void {
  removeAnswers(t, isAnswerOf(event_id, user_id));
}

/** The same for all rows of `event_rsvps` of which `which` holds. */
export function removeAnswers(t: Plan, which: SQL): void {
  forgetMails(t, which);
  forgetAnswers(t, which);
  t.effect(query.delete(event_rsvps).where(and(which, eq(event_rsvps.attended, false))));
  t.effect(query.update(event_rsvps).set({ rsvp_status: null, guests: 0, told_at: null }).where(which));
}
