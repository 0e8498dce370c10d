import { sql } from "drizzle-orm";
import { query, type Rows } from "../database/query.ts";
import { emails, mail_pace } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { NEXT_DAY, UTC_DAY } from "./pace.ts";

/** How the delivery of mails is doing. */
export type MailHealth = {
  /** Since the last midnight in UTC. */
  sent_today: number;
  /** Null: no limit. */
  mails_per_day: number | null;
  /** Whether only account security goes out until `resets_at`. */
  day_is_spent: boolean;
  resets_at: string;
  /** Mails that wait, by lane. */
  waiting: { security: number; transactional: number; bulk: number };
  /** Since when the mail that has been due for the longest time has waited. */
  oldest_due_at: string | null;
  /** In the last seven days. */
  last_days: { sent: number; failed: number; withheld: number; bounced: number; complained: number };
};

const instantOf = (at: ReturnType<typeof sql>) =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Selects how the delivery of mails is doing, as one row. */
export function selectMailHealth(): Rows<MailHealth> {
  const sent_today = sql`case when ${mail_pace.day} = ${UTC_DAY} then ${mail_pace.sent_today} else 0 end`;
  const waiting = (lane: 0 | 1 | 2) =>
    sql`(select count(*)::integer from ${emails} where ${emails.status} = 'pending' and ${emails.lane} = ${sql.raw(String(lane))})`;
  const recent = sql`${emails.created_at} > now() - interval '7 days'`;
  return query.execute<MailHealth>(sql`
    select ${sent_today} as sent_today, ${organisation_settings.mails_per_day} as mails_per_day,
      coalesce(${sent_today} >= ${organisation_settings.mails_per_day} * 9 / 10, false) as day_is_spent,
      ${instantOf(NEXT_DAY)} as resets_at,
      jsonb_build_object('security', ${waiting(0)}, 'transactional', ${waiting(1)}, 'bulk', ${waiting(2)}) as waiting,
      (select ${instantOf(sql`min(${emails.next_attempt_at})`)} from ${emails} where ${emails.status} = 'pending' and ${emails.next_attempt_at} <= now()) as oldest_due_at,
      (select jsonb_build_object(
          'sent', count(*) filter (where ${emails.status} = 'sent'),
          'failed', count(*) filter (where ${emails.status} = 'failed'),
          'withheld', count(*) filter (where ${emails.status} = 'withheld'),
          'bounced', count(*) filter (where ${emails.feedback} = 'bounced'),
          'complained', count(*) filter (where ${emails.feedback} = 'complained'))
        from ${emails} where ${recent}) as last_days
    from ${mail_pace}, ${organisation_settings}`);
}
