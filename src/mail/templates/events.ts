import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import type { Organisation } from "../../organisation/organisation.ts";
import { moment } from "../../time/format.ts";
import { type Block, button, type Fact, facts, type Surroundings, template } from "../letter.ts";

/** An event, as the person whom we write to may know it. */
const EventFacts = z.object({
  first_name: z.string(),
  user_id: z.string(),
  event_id: z.string(),
  title: z.string(),
  start_at: z.string(),
  end_at: z.string(),
  time_zone: z.string().nullable(),
  location: z.string().nullable(),
  online_url: z.string().nullable(),
});
type EventFacts = z.infer<typeof EventFacts>;

/** What the token of "I cannot come" speaks of. */
const about = ({ event_id, user_id }: EventFacts) => `${event_id}.${user_id}`;

const when = (
  { title, start_at, time_zone }: Pick<EventFacts, "title" | "start_at" | "time_zone">,
  organisation: Organisation,
): Fact[] => [
  ["What", title],
  ["When", moment(start_at, time_zone ?? organisation.time_zone)],
];

const whenAndWhere = (event: EventFacts, organisation: Organisation): Block =>
  facts(
    ...when(event, organisation),
    ...(event.location ? [["Where", event.location] satisfies Fact] : []),
    ...(event.online_url ? [["Online", event.online_url] satisfies Fact] : []),
  );

const calendarAndCannotCome = ({ event_id }: EventFacts, { settings, token }: Surroundings): Block[] => [
  ...button("Add it to my calendar", links.eventCalendar(settings, event_id)),
  "If you cannot come after all, please tell us, so that somebody else gets your seat.",
  ...button("I cannot come", token && links.cannotCome(settings, token)),
];

/** To somebody who said yes and has a seat. */
export const event_confirmed = template({
  data: EventFacts,
  link: "cannot_come",
  about,
  compose: (event, surroundings) => ({
    subject: `Your answer to ${surroundings.organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "You said yes, and you have a seat. See you there!",
      whenAndWhere(event, surroundings.organisation),
      ...calendarAndCannotCome(event, surroundings),
    ],
  }),
});

/** To somebody who moved up from the waiting list. */
export const event_promoted = template({
  data: EventFacts,
  link: "cannot_come",
  about,
  compose: (event, surroundings) => ({
    subject: `Good news from ${surroundings.organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "You were on the waiting list, and now you have a seat. See you there!",
      whenAndWhere(event, surroundings.organisation),
      ...calendarAndCannotCome(event, surroundings),
    ],
  }),
});

/** To somebody who said yes, shortly before the event. */
export const event_reminder = template({
  data: EventFacts,
  link: "cannot_come",
  about,
  compose: (event, surroundings) => ({
    subject: `See you soon at ${surroundings.organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "You said yes to this event, and it is coming up:",
      whenAndWhere(event, surroundings.organisation),
      ...calendarAndCannotCome(event, surroundings),
    ],
  }),
});

/** To an applicant whom volunteers would like to meet. */
export const event_for_newcomers = template({
  data: EventFacts.pick({ first_name: true, title: true, start_at: true, time_zone: true }),
  compose: (event, { settings, organisation }) => ({
    subject: `Come and meet us: ${organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "We are looking at your application and would like to meet you. You are welcome at our next event for newcomers:",
      facts(...when(event, organisation)),
      "If you would like to come, please sign in and say yes.",
      ...button("Sign in", links.signIn(settings)),
    ],
  }),
});

/** To those who wait, when seats no longer go to the first in line by themselves. */
export const event_seat_free = template({
  data: EventFacts,
  compose: (event, { organisation }) => ({
    subject: `There is room: ${organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "You are on the waiting list, and a seat is free. The event is so close that we do not fill the seat for you: it goes to whoever says yes first.",
      facts(...when(event, organisation)),
      "If you would like to come, please sign in and say yes. If the seat is gone by then, you keep your place in line.",
    ],
  }),
});

/** To those who answered, when the time or the place is another one. */
export const event_changed = template({
  data: EventFacts,
  link: "cannot_come",
  about,
  compose: (event, surroundings) => ({
    subject: `A change of plan at ${surroundings.organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "The time or the place of an event that you answered has changed. This is how it is now:",
      whenAndWhere(event, surroundings.organisation),
      ...calendarAndCannotCome(event, surroundings),
    ],
  }),
});

/** To those who answered, when the event does not take place. */
export const event_cancelled = template({
  data: EventFacts,
  compose: (event, { organisation }) => ({
    subject: `A cancellation at ${organisation.name}`,
    blocks: [
      `Hello ${event.first_name},`,
      "We are sorry: an event that you answered is canceled.",
      facts(...when(event, organisation)),
      "You need not do anything.",
    ],
  }),
});

/** What a volunteer writes to people who answered or came. They typed the subject too. */
export const event_message = template({
  data: EventFacts.pick({ first_name: true, title: true, start_at: true, time_zone: true }).extend({
    subject: z.string(),
    body: z.string(),
    reply_to: z.string().nullable(),
  }),
  compose: (message, { organisation }) => ({
    subject: message.subject,
    reply_to: message.reply_to,
    blocks: [
      `Hello ${message.first_name},`,
      ...message.body.split(/\s*\n\s*/),
      "This is about:",
      facts(...when(message, organisation)),
    ],
  }),
});
