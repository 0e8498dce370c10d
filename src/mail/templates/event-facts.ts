import * as z from "zod";
import { type Block, type Fact, facts, type Surroundings } from "../letter.ts";

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

type Around = Pick<Surroundings, "common" | "format" | "organisation">;

/** On the clock of the place where the event is, or of the organization. */
export const momentOf = (
  { time_zone }: Pick<MailedEvent, "time_zone">,
  instant: string,
  { format, organisation }: Around,
) => format.moment(instant, time_zone ?? organisation.time_zone);

export const whatAndWhen = (event: Pick<MailedEvent, "title" | "start_at" | "time_zone">, around: Around): Fact[] => [
  [around.common("what"), event.title],
  [around.common("when"), momentOf(event, event.start_at, around)],
];

export const whenAndWhere = (
  event: Pick<MailedEvent, "title" | "start_at" | "time_zone" | "location" | "online_url">,
  around: Around,
): Block =>
  facts(
    ...whatAndWhen(event, around),
    ...(event.location ? [[around.common("where"), event.location] satisfies Fact] : []),
    ...(event.online_url ? [[around.common("online"), event.online_url] satisfies Fact] : []),
  );
