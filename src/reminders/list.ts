import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order } from "../http/pagination.ts";
import { namedPerson } from "../people/person.ts";
import { emails, reminders } from "../tables/mail.ts";
import { sayWhy } from "./decide.ts";
import { HORIZON_DAYS } from "./due.ts";
import type { ReminderFilters, ReminderPage, ReminderPreview } from "./schemas.ts";
import { upcomingReminders } from "./upcoming.ts";

const NOW = sql`now()`;

const LATEST: Order<{ decided_at: string; id: string }> = {
  name: "latest",
  descending: true,
  keys: [
    { expression: sql`${reminders.decided_at}`, type: "timestamptz", of: (reminder) => reminder.decided_at },
    { expression: sql`${reminders.id}`, type: "uuid", of: (reminder) => reminder.id },
  ],
};

/** What was decided, and what delivery decided after that. That a reminder is moot, its row says itself. */
const outcome = sql<(typeof reminders.$inferSelect)["outcome"]>`case
  when ${reminders.outcome} <> 'sent' or ${emails.status} is distinct from 'withheld' then ${reminders.outcome}
  when ${emails.last_error} = 'unsubscribed' then 'opted_out'
  else 'suppressed' end`;

const select = () =>
  query
    .select({
      id: reminders.id,
      kind: reminders.kind,
      subject_id: reminders.subject_id,
      person: namedPerson(reminders.user_id),
      due_at: reminders.due_at,
      decided_at: reminders.decided_at,
      outcome: outcome.as("shown_outcome"),
      reason: reminders.reason,
      email_id: reminders.email_id,
      email_status: sql<(typeof emails.$inferSelect)["status"] | null>`${emails.status}`.as("email_status"),
      sent_at: emails.sent_at,
    })
    .from(reminders)
    .leftJoin(emails, eq(emails.id, reminders.email_id));

const inDays = (days: number) => sql`now() + ${days} * interval '1 day'`;

/** A page of decided reminders, latest first; for one person, also what comes next. */
export async function listReminders(ctx: SignedInContext, filters: ReminderFilters): Promise<ReminderPage> {
  const { user_id, kind } = filters;
  const { page, next } = await ctx.transact((t) => ({
    page: listPageWithTotal(
      t,
      LATEST,
      select,
      filters,
      and(
        user_id ? eq(reminders.user_id, user_id) : undefined,
        kind ? eq(reminders.kind, kind) : undefined,
        filters.outcome ? sql`${outcome} = ${filters.outcome}` : undefined,
      ),
    ),
    next: user_id
      ? upcomingReminders(t, {
          settings: ctx.settings,
          now: NOW,
          by: inDays(HORIZON_DAYS),
          whom: sql`${user_id}::uuid`,
        })
      : null,
  }));
  return {
    ...page,
    items: page.items.map((item) => ({ ...item, reason: sayWhy(item.outcome, item.reason) })),
    next: (next?.items ?? []).filter((item) => !kind || item.kind === kind),
  };
}

/** What will be due in the next days, if nothing changes. */
export const previewReminders = (ctx: SignedInContext, days: number): Promise<ReminderPreview> =>
  ctx.transact((t) =>
    t.combine(
      { upcoming: upcomingReminders(t, { settings: ctx.settings, now: NOW, by: inDays(days) }) },
      ({ upcoming }) => ({
        until: new Date(ctx.now.getTime() + days * 86_400_000).toISOString(),
        ...upcoming,
      }),
    ),
  );
