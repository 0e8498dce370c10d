import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { mailIsUnsent } from "../mail/outbox.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { emails } from "../tables/mail.ts";
import { type Events, isAmong } from "./find.ts";
import { mailedFacts } from "./mails.ts";

const itsAnswer = sql`(select ${event_rsvps.rsvp_status} from ${event_rsvps}
  where ${and(eq(event_rsvps.event_id, events.id), eq(event_rsvps.user_id, emails.user_id))})`;

const facts: SQL[] = Object.entries(mailedFacts(emails.user_id, itsAnswer)).flatMap(([name, value]) => [
  sql.raw(`'${name}'`),
  sql`${value}`,
]);

/**
 * Lets mails that have not gone out say what is true of these events now: one that waits for the morning would bring the old
 * place after the mail about the new one. If the provider has one of them although its answer was lost, the next attempt counts as sent.
 */
export const updateMails = (t: Plan, about: Events): void =>
  t.effect(
    query.execute(sql`
      update ${emails} set data = ${emails.data} || jsonb_build_object(${sql.join(facts, sql`, `)})
      from ${events} where ${isAmong(events.id, about)} and ${mailIsUnsent}
        and ${emails.data} ->> 'event_id' = ${events.id}::text`),
  );
