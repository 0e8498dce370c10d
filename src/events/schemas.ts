import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Settings } from "../env.ts";
import { Paging, pageOf } from "../http/pagination.ts";
import { From, Instant, inOrder, Line, To } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { UserStatus } from "../people/schemas.ts";
import { door_links, event_rsvps, events, rsvpstatus } from "../tables/events.ts";
import { eventTimeZone } from "./clock.ts";
import { coverUrls } from "./cover-urls.ts";
import { placeFor } from "./place.ts";
import { AnswersInput, eventQuestions, Question, QuestionAnswer, rsvpAnswers } from "./questions.ts";
import { eventSeatsTaken } from "./seats.ts";

export const RsvpStatus = z.enum(rsvpstatus.enumValues).meta({ id: "RsvpStatus" });

/** What I answered. */
export const MyRsvp = z
  .object({
    rsvp_status: RsvpStatus.nullable().describe(
      "`waitlisted`: I said yes, and wait for a seat. Null without an answer",
    ),
    guests: z.int().describe("How many people I bring"),
    position: z.int().nullable().describe("My place on the waiting list, from 1"),
    show_name: z
      .boolean()
      .describe("Whether active members may see my name among those who come, until the event is over"),
    check_in_code: z.string().nullable().describe("What I show at the door, if I have a seat"),
    answers: z.array(QuestionAnswer),
  })
  .meta({ id: "MyRsvp" });
export type MyRsvp = z.infer<typeof MyRsvp>;

const PLACE_HIDDEN = "Null if there is none, or if `place_audience` hides it from the caller";

/** What everyone may know of an event. */
export const EventFacts = z.object({
  id: z.uuid(),
  title: z.string(),
  description: z.string(),
  location: z.string().nullable().describe(PLACE_HIDDEN),
  online_url: z.string().nullable().describe(PLACE_HIDDEN),
  place_audience: z
    .enum(events.place_audience.enumValues)
    .describe("Who sees the location and the online address: everybody, active members, or those who have a seat"),
  tags: z.array(z.string()),
  start_at: Instant,
  end_at: Instant,
  time_zone: z.string().describe("The IANA zone where it takes place"),
  cancelled_at: Instant.nullable(),
});

/** How many people come. */
const counts = {
  coming: z.int().describe("People who said yes, and their guests"),
  maybe: z.int(),
  waiting: z.int().describe("People on the waiting list"),
};

/** A published event, as everyone sees it. */
export const Event = EventFacts.extend({
  capacity: z.int().nullable().describe("Number of seats, or null if unlimited"),
  seats_left: z.int().nullable().describe("Null if unlimited"),
  guests_limit: z.int().describe("How many guests a person may bring. Each takes a seat"),
  waiting_list: z.boolean().describe("Whether people can wait for a seat when the event is full"),
  answers_open_at: Instant.nullable(),
  answers_close_at: Instant.nullable(),
  welcome_statuses: z.array(UserStatus).describe("People with these statuses may answer"),
  contact_email: z.string().nullable(),
  cover_url: z.string().nullable().describe("The picture of the event. Null without one"),
  cover_thumbnail_url: z.string().nullable().describe("The same with at most 256 pixels a side"),
  ...counts,
  questions: z.array(Question),
  my_rsvp: MyRsvp.nullable().describe("Null without an access token, and without an answer"),
}).meta({ id: "Event" });
export type Event = z.infer<typeof Event>;

/** The answer of a person to a row of `events`. */
export const joinAnswer = (user_id: string | null): SQL =>
  sql`(${event_rsvps.event_id} = ${events.id} and ${event_rsvps.user_id} = ${user_id}::uuid)`;

/** The place of a row of `event_rsvps` on the waiting list. Null for whoever does not wait. */
export const placeInLine = sql<number | null>`case when ${event_rsvps.rsvp_status} = 'waitlisted' then (
  select count(*)::int from ${event_rsvps} as ahead where ahead.event_id = ${event_rsvps.event_id}
    and ahead.rsvp_status = 'waitlisted' and ahead.line_number <= ${event_rsvps.line_number}) end`;

/** {@link MyRsvp}, from a row of `event_rsvps`; null without one. */
export const myRsvp = sql<MyRsvp | null>`case when ${event_rsvps.user_id} is not null then jsonb_build_object(
  'rsvp_status', ${event_rsvps.rsvp_status},
  'guests', ${event_rsvps.guests},
  'position', ${placeInLine},
  'show_name', ${event_rsvps.show_name},
  'check_in_code', case when ${event_rsvps.rsvp_status} = 'yes' then ${event_rsvps.check_in_code} end,
  'answers', ${rsvpAnswers}) end`;

const countOf = (which: SQL) => sql<number>`(
  select count(*)::int from ${event_rsvps} where ${event_rsvps.event_id} = ${events.id} and ${which})`;

/** How many answered a row of `events`, and how. Subqueries: counting the rows of a list does not run them. */
const answerCounts = {
  coming: eventSeatsTaken,
  maybe: countOf(sql`${event_rsvps.rsvp_status} = 'maybe'`),
  waiting: countOf(sql`${event_rsvps.rsvp_status} = 'waitlisted'`),
};

/** How many people are marked as present at a row of `events`, with their guests. */
export const eventPresent = sql<number>`(
  select coalesce(sum(1 + ${event_rsvps.guests}), 0)::int from ${event_rsvps}
  where ${event_rsvps.event_id} = ${events.id} and ${event_rsvps.attended})`;

/** How many people without a seat were counted at the door links of a row of `events`. */
export const eventWalkIns = sql<number>`(
  select coalesce(sum(${door_links.walk_ins}), 0)::int from ${door_links} where ${door_links.event_id} = ${events.id})`;

/** The columns of {@link EventFacts}, for this person: from `events`, with their answer joined. */
export const factColumns = (user_id: string | null) => ({
  id: events.id,
  title: events.title,
  description: events.description,
  ...placeFor(sql`${user_id}::uuid`, event_rsvps.rsvp_status),
  place_audience: events.place_audience,
  tags: events.tags,
  start_at: events.start_at,
  end_at: events.end_at,
  time_zone: eventTimeZone,
  cancelled_at: events.cancelled_at,
});

/** The columns of {@link Event}, for this person. */
export const eventColumns = (settings: Settings, user_id: string | null) => ({
  ...factColumns(user_id),
  ...coverUrls(settings),
  capacity: events.capacity,
  // For PostgreSQL, the greatest of null and 0 is 0.
  seats_left: sql<
    number | null
  >`case when ${events.capacity} is not null then greatest(${events.capacity} - ${eventSeatsTaken}, 0) end`,
  guests_limit: events.guests_limit,
  waiting_list: events.waiting_list,
  answers_open_at: events.answers_open_at,
  answers_close_at: events.answers_close_at,
  welcome_statuses: events.welcome_statuses,
  contact_email: events.contact_email,
  ...answerCounts,
  questions: eventQuestions,
  my_rsvp: myRsvp,
});

export const When = z
  .enum(["upcoming", "past", "all"])
  .describe(
    "`upcoming` includes events that are under way. `upcoming` and `all` are soonest first, `past` is latest first.",
  );

/** What narrows every list of events. */
export const eventFilters = {
  search: Search.describe("Part of a title or description"),
  tag: Line(50).optional(),
  from: From,
  to: To,
};

export const EventFilters = inOrder(
  Paging.extend({
    when: When.optional().describe(
      `${When.description} If left out: \`upcoming\`, but \`all\` with \`from\` or \`to\`.`,
    ),
    ...eventFilters,
  }),
);
export type EventFilters = z.infer<typeof EventFilters>;

export const EventPage = pageOf(Event).meta({ id: "EventPage" });
export type EventPage = z.infer<typeof EventPage>;

/** What I answer. Ignores unknown fields: the old frontend sends more. */
export const RsvpInput = z
  .object({
    rsvp_status: z.enum(["yes", "no", "maybe"]),
    guests: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe("How many people I bring, if I say yes. Left out, it stays as it is: at first, nobody"),
    answers: AnswersInput.optional(),
    show_name: z
      .boolean()
      .optional()
      .describe(
        "Whether active members may see my name among those who come, until the event is over. Left out, it stays as it is: at first, nobody sees it",
      ),
  })
  .meta({ id: "RsvpInput" });
export type RsvpInput = z.infer<typeof RsvpInput>;
