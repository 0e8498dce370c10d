import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { deleteUnsentWhere } from "../mail/outbox.ts";
import type { TemplateKey } from "../mail/templates.ts";
import { event_rsvps } from "../tables/events.ts";
import { emails } from "../tables/mail.ts";

/** Mails that say that somebody has a seat. */
export const MAILS_ABOUT_SEATS = ["event_confirmed", "event_seat_given", "event_promoted"] as const;

/** Mails about an event to those who have a seat or wait for one. Some say where it takes place. */
export const MAILS_TO_GUESTS = [...MAILS_ABOUT_SEATS, "event_seat_free", "event_changed", "event_message"] as const;

/**
 * Deletes what has not gone out to people about an event, because they no longer come or it no longer takes place. Some of it
 * says where the event is. Messages to those who came stay.
 *
 * @param which a condition on their rows of `event_rsvps`, which still are there
 */
export const forgetMails = (t: Plan, which: SQL, templates: readonly TemplateKey[] = MAILS_TO_GUESTS): void =>
  t.effect(
    deleteUnsentWhere(
      sql`exists (select from ${event_rsvps} where ${which} and ${event_rsvps.user_id} = ${emails.user_id}
        and ${event_rsvps.event_id}::text = ${emails.data} ->> 'event_id'
        and not (${event_rsvps.attended} and ${eq(emails.template, "event_message")}))`,
      ...templates,
    ),
  );
