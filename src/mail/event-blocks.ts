import * as z from "zod";
import { links } from "../http/frontend-links.ts";
import { type Block, button, type Fact, facts, link, type Surroundings } from "./letter.ts";

/** An event, as the person whom we write to may know it. */
export const MailedEvent = z.object({
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
export type MailedEvent = z.infer<typeof MailedEvent>;

/** For the samples of templates. */
export const EVENT_SAMPLE: MailedEvent = {
  first_name: "Robin",
  user_id: "00000000-0000-4000-8000-000000000001",
  event_id: "00000000-0000-4000-8000-000000000002",
  title: "Picnic",
  start_at: "2027-03-01T23:30:00.000Z",
  end_at: "2027-03-02T01:30:00.000Z",
  time_zone: null,
  location: "The park",
  online_url: null,
};

/** Whose answer the token is about. It opens the ticket, the calendar file and the page "I cannot come". */
export const aboutAnswer = ({ event_id, user_id }: MailedEvent) => `${event_id}.${user_id}`;

type Around = Pick<Surroundings, "common" | "format" | "organisation">;

/** On the clock of the place where the event is, or of the organization. */
export const eventMoment = (
  { time_zone }: Pick<MailedEvent, "time_zone">,
  instant: string,
  { format, organisation }: Around,
) => format.moment(instant, time_zone ?? organisation.time_zone);

export const eventWhen = (event: Pick<MailedEvent, "title" | "start_at" | "time_zone">, around: Around): Fact[] => [
  [around.common("what"), event.title],
  [around.common("when"), eventMoment(event, event.start_at, around)],
];

export const whenAndWhere = (
  event: Pick<MailedEvent, "title" | "start_at" | "time_zone" | "location" | "online_url">,
  around: Around,
): Block =>
  facts(
    ...eventWhen(event, around),
    ...(event.location ? [[around.common("where"), event.location] satisfies Fact] : []),
    ...(event.online_url ? [[around.common("online"), event.online_url] satisfies Fact] : []),
  );

/** The words of a mail about an event that somebody may come to. */
export const ABOUT_PLACE = {
  greeting: "Hi {first_name},",
  button: "Add it to my calendar",
  if_not: "If you cannot come after all, please tell us before it starts, so that somebody else can have your seat.",
  cannot_come: "I cannot come",
};

/** The same for somebody with a seat. */
export const WITH_SEAT = { ...ABOUT_PLACE, ticket: "My ticket, to show at the door" };

/** What happened, when and where, the calendar, and a way to say that you cannot come. With a seat, also the ticket. */
export const composeWithPlace = (
  event: MailedEvent,
  around: Surroundings<typeof ABOUT_PLACE & { what_happened: string }>,
  ticket: Block[] = [],
): { blocks: Block[] } => {
  const { say, settings, token } = around;
  return {
    blocks: [
      say("greeting"),
      say("what_happened"),
      whenAndWhere(event, around),
      ...button(say("button"), token && links.eventCalendar(settings, token)),
      ...ticket,
      say("if_not"),
      ...link(say("cannot_come"), token && links.cannotCome(settings, token)),
    ],
  };
};

/** The same for somebody with a seat. */
export const composeWithTicket = (
  event: MailedEvent,
  around: Surroundings<typeof WITH_SEAT & { what_happened: string }>,
) =>
  composeWithPlace(
    event,
    around,
    link(around.say("ticket"), around.token && links.ticket(around.settings, around.token)),
  );
