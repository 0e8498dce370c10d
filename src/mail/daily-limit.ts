import { type SQL, sql } from "drizzle-orm";
import { emails, mail_pace } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";

/** This day of the provider's limit. */
export const UTC_DAY = sql`(clock_timestamp() at time zone 'UTC')::date`;

/** When the next day of the provider's limit begins. */
export const NEXT_DAY = sql`(${UTC_DAY} + 1)::timestamp at time zone 'UTC'`;

/** How many more mails may go out today. Null: as many as we like. The last tenth is for account security, lane 0. */
export const leftToday = (lane: SQL) =>
  sql`(case when ${lane} = 0 then ${organisation_settings.mails_per_day} else ${organisation_settings.mails_per_day} * 9 / 10 end - ${mail_pace.sent_today})`;

/** How many bulk mails can be written now and go out today, after all that waits. Null: as many as we like. */
export const roomToday: SQL = sql`(select ${leftToday(sql`2`)} - (select count(*) from ${emails} where ${emails.status} = 'pending')
  from ${mail_pace}, ${organisation_settings})`;
