import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { SignedInContext } from "../http/context.ts";
import { isMailOfRecipient, mailDidNotGoOut } from "../mail/newsletter-outcome.ts";
import { PREFERENCES } from "../mail/preferences.ts";
import { isSuppressed } from "../mail/suppression.ts";
import { personIsKnown } from "../people/person.ts";
import type { UserStatus } from "../people/schemas.ts";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import { emails } from "../tables/mail.ts";
import { user_tags } from "../tables/members.ts";
import { users } from "../tables/people.ts";
import { guardNewsletter, isNewsletter } from "./guards.ts";
import { LEFT_OUT_REASONS, type LeftOutReason, type NewsletterRecipients } from "./schemas.ts";

/** Who is to get a row of `newsletter_archives`: people of these statuses, as a JSON array. Unless chosen: active members. */
export const newsletterStatuses = sql<
  UserStatus[]
>`coalesce(${newsletter_archives.recipients} -> 'statuses', '["active"]')`;

/** Only people with this tag. Null: all. */
export const newsletterTag = sql<string | null>`(${newsletter_archives.recipients} ->> 'tag')`;

/** Whether a row of `users` is among those for whom a row of `newsletter_archives` is meant. */
const personIsChosen: SQL = sql`(${and(
  personIsKnown,
  sql`${newsletterStatuses} ? ${users.status}::text`,
  sql`(${newsletterTag} is null or exists (select from ${user_tags} where ${user_tags.user_id} = ${users.id} and ${user_tags.tag} = ${newsletterTag}))`,
)})`;

const { wanted } = PREFERENCES.newsletter;

/** Whether a row of `users` takes newsletters: the person asked for them, and their address is confirmed and takes our mail. */
export const personTakesNewsletters = (settings: Settings): SQL =>
  sql`(${users.email_verified} and ${wanted} and not ${isSuppressed(settings, users.email)})`;

/** Whether a newsletter never reached a row of `newsletter_recipients`: it was stopped before, or its mail did not go out. */
export const recipientIsUnreached: SQL = sql`(${or(
  isNull(newsletter_recipients.queued_at),
  inArray(newsletter_recipients.outcome, ["failed", "withheld"]),
  sql`exists (select from ${emails} where ${isMailOfRecipient} and ${mailDidNotGoOut})`,
)})`;

/** Whether sending a row of `newsletter_archives` now is for a row of `users`: a second time, only for whom it never reached. */
export const newsletterIsFor: SQL = sql`case when ${newsletter_archives.send_status} = 'draft' then ${personIsChosen} else exists (
  select from ${newsletter_recipients} where ${newsletter_recipients.newsletter_id} = ${newsletter_archives.id}
    and ${newsletter_recipients.user_id} = ${users.id} and ${recipientIsUnreached}) end`;

/** `from` and `where`, with `newsletter_archives` and `users`: for whom a newsletter is, whether or not they can get it. */
export const fromChosen = (newsletter_id: string, ...conditions: SQL[]): SQL =>
  sql`from ${newsletter_archives} join ${users} on ${newsletterIsFor} where ${and(isNewsletter(newsletter_id), ...conditions)}`;

/** Why a row of `users` gets no newsletter. Null for those who do. */
export const whyNot = (settings: Settings): SQL => sql`(case
  when ${users.email} is null then 'no_address'
  when ${personTakesNewsletters(settings)} then null
  when not ${users.email_verified} then 'unconfirmed'
  when ${wanted} then 'suppressed'
  when exists (select from ${newsletter_recipients} as earlier
    where earlier.user_id = ${users.id} and earlier.unsubscribed_at is not null) then 'unsubscribed'
  else 'no_consent' end)`;

const because = (reason: LeftOutReason) => sql`${reason}::text, count(*) filter (where chosen.why_not = ${reason})`;

/** Selects how many people would get a newsletter, and who would not and why, as one row. */
export const selectRecipients = (settings: Settings, newsletter_id: string) =>
  query.execute<NewsletterRecipients>(sql`
    select (count(*) filter (where chosen.why_not is null))::int as count,
      jsonb_build_object(${sql.join(LEFT_OUT_REASONS.map(because), sql`, `)}) as left_out
    from (select ${whyNot(settings)} as why_not ${fromChosen(newsletter_id)}) as chosen`);

/** How many people would get a newsletter, and who would not and why. 404 without it. */
export const countNewsletterRecipients = (ctx: SignedInContext, newsletter_id: string): Promise<NewsletterRecipients> =>
  ctx.transact((t) => {
    guardNewsletter(t, newsletter_id);
    return t.one(selectRecipients(ctx.settings, newsletter_id));
  });

/** Whether a row of `newsletter_recipients` is of this newsletter. */
export const isRecipientOf = (newsletter_id: string): SQL => eq(newsletter_recipients.newsletter_id, newsletter_id);
