import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { type Events, isAmong } from "./find.ts";
import { placeFor } from "./place.ts";

type EventMail =
  | "event_confirmed"
  | "event_seat_given"
  | "event_promoted"
  | "event_seat_free"
  | "event_changed"
  | "event_answer_removed"
  | "event_cancelled";

/** What a mail says about a row of `events` to this person, who answered `rsvp_status`. */
export const mailedFacts = (user_id: SQLWrapper, rsvp_status: SQLWrapper) => ({
  title: events.title,
  start_at: events.start_at,
  end_at: events.end_at,
  time_zone: events.time_zone,
  ...placeFor(user_id, rsvp_status),
});

/**
 * Mails people about events, each of them once for each event: those for whom `which` holds, a condition on `events`, `users`
 * and their answers in `event_rsvps`. People who never verified their address get none.
 *
 * @param rsvp_status their answer once the transaction is through, which decides whether they may know the place
 */
export function mailAboutEvent(
  t: Plan,
  template: EventMail,
  about: Events,
  which: SQL,
  rsvp_status: SQLWrapper = event_rsvps.rsvp_status,
): void {
  const answered = and(eq(event_rsvps.event_id, events.id), eq(event_rsvps.user_id, users.id));
  t.mail(template, {
    to: mailableAddress,
    user_id: users.id,
    data: {
      first_name: users.first_name,
      user_id: users.id,
      event_id: events.id,
      ...mailedFacts(users.id, rsvp_status),
    },
    from: sql`from ${events} cross join ${users} left join ${event_rsvps} on ${answered}
      where ${and(isAmong(events.id, about), sql`${users.erased_at} is null`, which)}`,
  });
}
