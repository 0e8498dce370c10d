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
          oldest_due_at: Instant.nullable().describe(
            "Since when the oldest that is due has been waiting. Null: none is",
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
    select to_char(day, 'YYYY-MM-DD') as day, counted.*
    from generate_series((now() at time zone 'UTC')::date::timestamp - ${DAYS - 1} * interval '1 day',
        (now() at time zone 'UTC')::date::timestamp, interval '1 day') as day,
      lateral (
        select (count(*) filter (where ${on(emails.sent_at)}))::int as sent,
          (count(*) filter (where ${on(emails.sent_at)} and ${emails.feedback} = 'delivered'))::int as delivered,
          (count(*) filter (where ${on(emails.sent_at)} and ${emails.feedback} = 'bounced'))::int as bounced,
          (count(*) filter (where ${on(emails.sent_at)} and ${emails.feedback} = 'complained'))::int as complained,
          (count(*) filter (where ${on(emails.created_at)} and ${emails.status} = 'failed'))::int as failed,
          (count(*) filter (where ${on(emails.created_at)} and ${emails.status} = 'withheld'))::int as withheld
        from ${emails}
        where ${emails.created_at} < (day + interval '1 day') at time zone 'UTC'
          and ${emails.created_at} >= (day - interval '2 days') at time zone 'UTC'
      ) as counted
    order by day desc`);

export const selectWaitingMails = () =>
  query
    .select({
      lane: emails.lane,
      mails: sql<number>`count(*)::int`,
      oldest_due_at: sql<
        string | null
      >`min(${emails.next_attempt_at}) filter (where ${emails.next_attempt_at} <= now())`.mapWith(
        emails.next_attempt_at,
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
