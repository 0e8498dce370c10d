import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { listPageWithTotal, type Order } from "../../http/pagination.ts";
import type { Message } from "../../http/schemas.ts";
import { keyContains } from "../../http/search.ts";
import { USER_NOT_FOUND } from "../../people/person.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { users } from "../../tables/people.ts";
import { accept, EVENT_FULL, removeAnswer } from "../answer.ts";
import { EVENT_NOT_FOUND, guardEvent, guardNotCancelled, guardNotStarted, isAnswerOf, lockEvent } from "../find.ts";
import { mailAboutEvent } from "../mails.ts";
import { fillSeats, outcomeOfYes, PROMOTED } from "../seats.ts";
import {
  type NewRsvp,
  type RemovalOptions,
  type Rsvp,
  type RsvpFilters,
  type RsvpFilterValues,
  type RsvpOf,
  type RsvpPage,
  rsvpColumns,
} from "./rsvp-schemas.ts";

const RSVP_NOT_FOUND = [404, "rsvp_not_found", "This person has not answered."] as const;

/** In the order of the answers, which is that of the waiting list. */
export const inLine: Order<{ line_number: number }> = {
  name: "line",
  descending: false,
  keys: [
    { expression: sql`${event_rsvps.line_number}`, type: "integer", of: ({ line_number }) => String(line_number) },
  ],
};

/** The answers to an event that match: a condition on `event_rsvps` joined with `users`. */
export const rsvpMatches = (event_id: string, { rsvp_status, attended, search }: RsvpFilterValues): SQL | undefined =>
  and(
    eq(event_rsvps.event_id, event_id),
    isNull(users.erased_at),
    rsvp_status && eq(event_rsvps.rsvp_status, rsvp_status),
    attended === undefined ? undefined : eq(event_rsvps.attended, attended),
    keyContains(users.search_text, search),
  );

/** 404 unless there is such an event. */
export const guardEventExists = (t: Plan, id: string): void =>
  t.guard(sql`exists (select from ${events} where ${eq(events.id, id)})`, ...EVENT_NOT_FOUND);

const selectRsvps = () =>
  query
    .select({ ...rsvpColumns, line_number: event_rsvps.line_number })
    .from(event_rsvps)
    .innerJoin(users, eq(users.id, event_rsvps.user_id));

/** A page of the answers to an event, in the order of the line. 404 without such an event. */
export async function listRsvps(ctx: SignedInContext, event_id: string, filters: RsvpFilters): Promise<RsvpPage> {
  const { items, ...page } = await ctx.transact((t) => {
    guardEventExists(t, event_id);
    return listPageWithTotal(t, inLine, selectRsvps, filters, rsvpMatches(event_id, filters));
  });
  return { ...page, items: items.map(({ line_number: _, ...item }) => item) };
}

const readRsvp = (t: Plan, { id, user_id }: RsvpOf): Handle<Rsvp> =>
  t.one(
    query
      .select(rsvpColumns)
      .from(event_rsvps)
      .innerJoin(users, eq(users.id, event_rsvps.user_id))
      .where(isAnswerOf(id, user_id)),
    new Refusal(...RSVP_NOT_FOUND),
  );

/**
 * Answers for somebody, whatever their status and whether answers are open. Seats are limited all the same. 404 without such
 * an event or person, 400 for too many guests. 409 if the event is full, a draft, canceled, or has started.
 */
export async function addRsvp(ctx: SignedInContext, event_id: string, input: NewRsvp): Promise<Rsvp> {
  return ctx.transact((t) => {
    lockEvent(t, event_id);
    guardEvent(t, event_id, sql`${events.published}`, "event_not_published", "This event is a draft.");
    t.guard(
      sql`exists (select from ${users} where ${and(eq(users.id, input.user_id), isNull(users.erased_at))})`,
      ...USER_NOT_FOUND,
    );
    // Volunteers need not know the answers to questions.
    accept(t, { ...input, event_id, recorded_by: ctx.user_id, owes_no_answers: sql`true` });
    return readRsvp(t, { id: event_id, user_id: input.user_id });
  });
}

const guardAnswered = (t: Plan, { id, user_id }: RsvpOf): void =>
  t.guard(sql`exists (select from ${event_rsvps} where ${isAnswerOf(id, user_id)})`, ...RSVP_NOT_FOUND);

/**
 * Removes somebody's answer. Unless told otherwise, they get a mail if they would have come, and the seat goes to the first in
 * line. 404 without such an answer.
 */
export async function removeRsvp(
  ctx: SignedInContext,
  whose: RsvpOf,
  { promote, notify }: RemovalOptions,
): Promise<Message> {
  await ctx.transact((t) => {
    lockEvent(t, whose.id);
    guardAnswered(t, whose);
    // Before the answer goes: it says whether there is something to tell.
    if (notify) mailAboutEvent(t, "event_answer_removed", whose.id, expectsToCome(whose.user_id), sql`null`);
    removeAnswer(t, whose.id, whose.user_id);
    if (promote) fillSeats(t, whose.id);
  });
  return { message: "The answer was removed." };
}

const expectsToCome = (user_id: string): SQL =>
  sql`${and(
    eq(users.id, user_id),
    inArray(event_rsvps.rsvp_status, ["yes", "maybe", "waitlisted"]),
    isNull(events.cancelled_at),
    sql`${events.end_at} > now()`,
  )}`;

/**
 * Gives a seat to somebody who waits, with a mail, whoever is before them. 404 without such an answer. 409 if they do not
 * wait, if they do not fit, and if the event has started.
 */
export async function promoteRsvp(ctx: SignedInContext, whose: RsvpOf): Promise<Rsvp> {
  const { id, user_id } = whose;
  const answer = isAnswerOf(id, user_id);
  const waits = sql`exists (select from ${event_rsvps} where ${answer} and ${event_rsvps.rsvp_status} = 'waitlisted')`;
  return ctx.transact((t) => {
    lockEvent(t, id);
    guardAnswered(t, whose);
    guardNotCancelled(t, id);
    guardNotStarted(t, id);
    t.guard(waits, 409, "not_waiting", "This person is not on the waiting list.");
    const guests = sql`(select ${event_rsvps.guests} from ${event_rsvps} where ${answer})`;
    t.guard(sql`${outcomeOfYes(id, user_id, guests)} = 'yes'`, ...EVENT_FULL);
    mailAboutEvent(t, "event_promoted", id, sql`${eq(users.id, user_id)}`, sql`'yes'`);
    t.effect(query.update(event_rsvps).set(PROMOTED).where(answer));
    return readRsvp(t, whose);
  });
}
