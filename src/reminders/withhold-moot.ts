import { sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { emails, reminders } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { personWants } from "./kind.ts";
import { KINDS } from "./kinds.ts";

const NOW = sql`now()`;
const REMINDER = sql`reminder`;

/** A kind that another version of the Worker knows is left to that version. */
const isTrue = sql`case reminder.kind ${sql.join(
  KINDS.map((kind) => sql`when ${kind.name} then ${kind.isStillTrue(NOW, REMINDER)}`),
  sql` `,
)} else true end`;

const isWanted = sql`case reminder.kind ${sql.join(
  KINDS.map(
    ({ name, opt_out }) =>
      sql`when ${name} then (select ${personWants(opt_out)} from ${users} where ${users.id} = reminder.user_id)`,
  ),
  sql` `,
)} else true end`;

/**
 * Withholds the mails of reminders that would go out now and are no longer true, or no longer wanted. Delivery does this in
 * the transaction that claims mails, so that none of them slips through.
 */
export const withholdMoot = (t: Plan): void =>
  t.effect(
    query.execute(sql`
      with reminder as (
        select reminders.*, emails.id as mail from ${emails} join ${reminders} on ${reminders.email_id} = ${emails.id}
        where ${emails.status} = 'pending' and ${emails.next_attempt_at} <= now() and ${reminders.outcome} = 'sent'
        for update of emails skip locked
      ), judged as materialized (
        select reminder.id, reminder.mail,
          case when not ${isTrue} then 'moot' when not ${isWanted} then 'opted_out' end as outcome
        from reminder
      ), withheld as (
        update ${emails} set status = 'withheld', last_error = judged.outcome from judged
        where ${emails.id} = judged.mail and judged.outcome is not null
      )
      update ${reminders} set outcome = judged.outcome from judged
      where ${reminders.id} = judged.id and judged.outcome is not null`),
  );
