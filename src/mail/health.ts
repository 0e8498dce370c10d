import { sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { Instant } from "../http/schemas.ts";
import { emails, mail_pace } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";

/** How many days are shown. */
const DAYS = 7;

/** How sending goes. Days are in UTC, as the provider counts them. */
export const MailHealth = z
  .object({
    days: z
      .array(
        z.object({
          day: z.iso.date(),
          sent: z.int(),
          delivered: z.int().describe("Of those sent on that day; so are the next two"),
          bounced: z.int(),
          complained: z.int(),
          failed: z.int().describe("Given up on, of those written on that day"),
          withheld: z.int().describe("Not sent on purpose, of those written on that day"),
        }),
      )
      .describe(`Today and the ${DAYS - 1} days before, the newest first`),
    waiting: z
      .array(
        z.object({
          lane: z.int().describe("0: account security; 1: what somebody waits for; 2: bulk"),
          mails: z.int(),
          tried: z.int().describe("How many of these were tried before, in vain, or are being sent"),
          oldest_due_at: Instant.nullable().describe(
            "Since when the oldest that is due, or was tried, has been waiting. Null: there is none",
          ),
        }),
      )
      .describe("What has not been sent yet, by lane"),
    sent_today: z.int(),
    mails_per_day: z.int().nullable().describe("What the provider lets us send in a day. Null: no limit"),
    day_spent: z.boolean().describe("Today, only mails about the security of accounts still go out"),
  })
  .meta({ id: "MailHealth" });
export type MailHealth = z.infer<typeof MailHealth>;

const on = (instant: typeof emails.sent_at | typeof emails.created_at) =>
  sql`${instant} >= day at time zone 'UTC' and ${instant} < (day + interval '1 day') at time zone 'UTC'`;

export const selectMailDays = () =>
  query.execute<MailHealth["days"][number]>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, sent_then.*, written_then.*
    from generate_series((now() at time zone 'UTC')::date::timestamp - ${DAYS - 1} * interval '1 day',
        (now() at time zone 'UTC')::date::timestamp, interval '1 day') as day,
      lateral (
        select count(*)::int as sent,
          (count(*) filter (where ${emails.feedback} = 'delivered'))::int as delivered,
          (count(*) filter (where ${emails.feedback} = 'bounced'))::int as bounced,
          (count(*) filter (where ${emails.feedback} = 'complained'))::int as complained
        from ${emails} where ${on(emails.sent_at)}
      ) as sent_then,
      lateral (
        select (count(*) filter (where ${emails.status} = 'failed'))::int as failed,
          (count(*) filter (where ${emails.status} = 'withheld'))::int as withheld
        from ${emails} where ${emails.status} in ('failed', 'withheld') and ${on(emails.created_at)}
      ) as written_then
    order by day desc`);

/** Since when a mail waits. Each attempt moves `next_attempt_at`, so from then on, it waits since it was written. */
const waitsSince = sql`case when ${emails.attempts} > 0 then ${emails.created_at} else ${emails.next_attempt_at} end`;

export const selectWaitingMails = () =>
  query
    .select({
      lane: emails.lane,
      mails: sql<number>`count(*)::int`,
      tried: sql<number>`(count(*) filter (where ${emails.attempts} > 0))::int`,
      oldest_due_at: sql<string | null>`min(${waitsSince}) filter (where ${waitsSince} <= now())`.mapWith(
        emails.created_at,
      ),
    })
    .from(emails)
    .where(sql`${emails.status} = 'pending'`)
    .groupBy(emails.lane)
    .orderBy(emails.lane);

const sentToday = sql<number>`case when ${mail_pace.day} = (now() at time zone 'UTC')::date then ${mail_pace.sent_today} else 0 end`;

export const selectMailPace = () =>
  query
    .select({
      sent_today: sentToday,
      mails_per_day: organisation_settings.mails_per_day,
      // The last tenth is kept for account security.
      day_spent: sql<boolean>`coalesce(${sentToday} * 10 >= ${organisation_settings.mails_per_day} * 9, false)`,
    })
    .from(organisation_settings)
    .crossJoin(mail_pace);
