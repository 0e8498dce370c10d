import { sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { emails, reminders } from "../tables/mail.ts";
import { KINDS } from "./kinds.ts";

const NOW = sql`now()`;
const REMINDER = sql`reminder`;

/** A kind that another version of the Worker knows is left to that version. */
const isTrue = sql`case reminder.kind ${sql.join(
  KINDS.map((kind) => sql`when ${kind.name} then (${kind.isStillTrue(NOW, REMINDER)})`),
  sql` `,
)} else true end`;

/**
 * Withholds the mails of reminders that would go out now and are no longer true. Delivery does this in the transaction that
 * claims mails, and it waits for rows that others hold, so that none slips through, nor one that a volunteer sends again.
 */
export const withholdMoot = (t: Plan): void =>
  t.effect(
    query.execute(sql`
      with reminder as (
        select reminders.*, emails.id as mail from ${emails} join ${reminders} on ${reminders.email_id} = ${emails.id}
        where ${emails.status} = 'pending' and ${emails.next_attempt_at} <= now()
        for update of emails
      ), moot as materialized (
        select reminder.id, reminder.mail from reminder where not ${isTrue}
      ), withheld as (
        update ${emails} set status = 'withheld', last_error = 'moot' from moot where ${emails.id} = moot.mail
      )
      update ${reminders} set outcome = 'moot' from moot where ${reminders.id} = moot.id`),
  );
