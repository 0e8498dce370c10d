import { sign } from "../../src/access/signatures.ts";
import { type Person, person } from "./people.ts";
import { insert, settings } from "./platform.ts";

const HOUR = 3_600_000;

/** Creates an event, an hour long and published by default. Returns its id. Times are hours from now. */
export async function event({
  starts_in = 24,
  lasts = 1,
  ...columns
}: {
  starts_in?: number;
  lasts?: number;
  [column: string]: unknown;
} = {}): Promise<string> {
  const start_at = Date.now() + starts_in * HOUR;
  const { id } = await insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: new Date(start_at),
    end_at: new Date(start_at + lasts * HOUR),
    published: true,
    ...columns,
  });
  return id;
}

/** What a volunteer sends to create or edit an event. */
export const eventDetails = (more: Record<string, unknown> = {}) => ({
  title: "Picnic",
  description: "Bring something.",
  location: "The park",
  online_url: "https://meet.example.org/picnic",
  place_audience: "members",
  tags: ["outdoors"],
  start_at: new Date(Date.now() + HOUR).toISOString(),
  end_at: new Date(Date.now() + 3 * HOUR).toISOString(),
  time_zone: "Europe/London",
  capacity: 20,
  guests_limit: 2,
  waiting_list: true,
  waiting_list_limit: 30,
  promote_until_hours: 6,
  answers_open_at: new Date(Date.now() - 48 * HOUR).toISOString(),
  answers_close_at: new Date(Date.now() + HOUR).toISOString(),
  welcome_statuses: ["active", "pending_validation"],
  contact_email: "events@example.org",
  published: true,
  ...more,
});

/** Somebody who answered an event. */
export async function answered(rsvp_status = "yes", columns: Record<string, unknown> = {}) {
  const [event_id, guest] = await Promise.all([event(columns), person()]);
  const { check_in_code } = await insert<{ check_in_code: string }>("event_rsvps", {
    event_id,
    user_id: guest.id,
    rsvp_status,
  });
  return { event_id, guest, check_in_code };
}

/** The token in the mails about an answer: it opens the ticket, and gives up the seat. */
export const answerToken = ({ event_id, guest }: { event_id: string; guest: Person }): Promise<string> =>
  sign(settings, "cannot_come", `${event_id}.${guest.id}`);

/** A door link of an event, and the path that it opens. */
export async function doorOf(event_id: string) {
  const { id: link_id } = await insert("door_links", { event_id, label: "The gate" });
  return { event_id, link_id, path: `/api/door/${await sign(settings, "door", `${event_id}.${link_id}`)}` };
}
