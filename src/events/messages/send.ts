import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { auditOnce } from "../../access/audit.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { outsideQuietHours } from "../../mail/quiet-hours.ts";
import { isSuppressed } from "../../mail/suppression.ts";
import type { NamedPerson } from "../../people/schemas.ts";
import { audit_log } from "../../tables/access.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { fullNameOf, mailableAddress, sortName, users } from "../../tables/people.ts";
import { guardEventExists } from "../admin/rsvps.ts";
import { lockEvent } from "../find.ts";
import type { Group, NewMessage, Recipients, RecipientsQuery, SentMessage } from "./schemas.ts";

/** Conditions on `event_rsvps`. */
const IS_IN: Record<Group, SQL> = {
  yes: sql`${event_rsvps.rsvp_status} = 'yes'`,
  maybe: sql`${event_rsvps.rsvp_status} = 'maybe'`,
  waiting: sql`${event_rsvps.rsvp_status} = 'waitlisted'`,
  present: sql`${event_rsvps.attended}`,
  absent: sql`${event_rsvps.rsvp_status} = 'yes' and not ${event_rsvps.attended}`,
};

/** Those who are in one of these groups: `from` and `where`, with `events`, `event_rsvps` and `users`. */
const fromPeople = (event_id: string, to: readonly Group[], ...conditions: SQL[]): SQL =>
  sql`from ${events} join ${event_rsvps} on ${eq(event_rsvps.event_id, events.id)}
    join ${users} on ${eq(users.id, event_rsvps.user_id)}
    where ${and(eq(events.id, event_id), isNull(users.erased_at), or(...to.map((group) => sql`(${IS_IN[group]})`)), ...conditions)}`;

/** Whether a row of `users` has a confirmed address that accepts mail. */
const takesMail = ({ settings }: Pick<SignedInContext, "settings">): SQL =>
  sql`(${and(isNotNull(mailableAddress), not(isSuppressed(settings, users.email)))})`;

/** Whoever reads a message must have so much time left before the event. */
const HOURS_TO_READ = 3;

const MORNING = outsideQuietHours(sql`now()`);

/** When a row of `users` gets a message: not at night, unless the event begins soon after or is under way. */
const unlessUrgent = sql`(case when ${events.end_at} <= now() or ${events.start_at} >= ${MORNING} + ${HOURS_TO_READ} * interval '1 hour'
  then ${MORNING} else now() end)`;

/** How many people would get a message, and who would not. 404 without such an event. */
export const countRecipients = (ctx: SignedInContext, event_id: string, { to }: RecipientsQuery): Promise<Recipients> =>
  ctx.transact((t) => {
    guardEventExists(t, event_id);
    return t.one(
      query.execute<{ count: number; left_out: NamedPerson[] }>(sql`
        select count(*) filter (where ${takesMail(ctx)})::int as count,
          coalesce(jsonb_agg(jsonb_build_object('id', ${users.id}, 'name', ${fullNameOf(users)}) order by ${sortName(users)}, ${users.id})
            filter (where not ${takesMail(ctx)}), '[]') as left_out
        ${fromPeople(event_id, to)}`),
    );
  });

/**
 * Mails everyone in some groups, once for each id: its entry in the audit log remembers the id. 404 without such an event. 409
 * if the number of people is no longer the one that the sender saw, and if the id belongs to something else.
 */
export async function sendMessage(
  ctx: SignedInContext,
  event_id: string,
  { id, to, subject, body, count }: NewMessage,
): Promise<SentMessage> {
  const entry = eq(audit_log.id, id);
  const was_sent = sql`exists (select from ${audit_log} where ${and(entry, eq(audit_log.action, "events.messaged"), eq(audit_log.subject_id, event_id))})`;
  const number = sql`(select count(*) ${fromPeople(event_id, to, takesMail(ctx))})`;
  return ctx.transact((t) => {
    lockEvent(t, event_id);
    t.guard(
      sql`(${was_sent} or not exists (select from ${audit_log} where ${entry}))`,
      409,
      "id_taken",
      "This id belongs to something else. Please make up a new one.",
    );
    t.guard(
      sql`(${was_sent} or ${number} = ${count})`,
      409,
      "count_changed",
      sql`${number} || ' people would get this message now. Please look again.'`,
    );
    t.mail("event_message", {
      to: mailableAddress,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        event_id: events.id,
        subject: sql<string>`${subject}::text`,
        body: sql<string>`${body}::text`,
        title: events.title,
        start_at: events.start_at,
        time_zone: events.time_zone,
        reply_to: events.contact_email,
      },
      from: fromPeople(event_id, to, takesMail(ctx), sql`not ${was_sent}`),
      not_before: unlessUrgent,
    });
    auditOnce(t, ctx, id, {
      action: "events.messaged",
      subject_type: "events",
      subject_id: event_id,
      changes: { to: [null, to], count: [null, count] },
    });
    return t.one(
      query
        .select({ id: audit_log.id, count: sql<number>`(${audit_log.changes} -> 'count' ->> 1)::int` })
        .from(audit_log)
        .where(entry),
    );
  });
}
