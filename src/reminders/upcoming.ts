import { type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { isSuppressed } from "../mail/suppression.ts";
import { namedPerson } from "../people/person.ts";
import type { NamedPerson } from "../people/schemas.ts";
import { reminders } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { sayWhy, selectUndecided } from "./decide.ts";
import { KINDS } from "./kinds.ts";
import type { UpcomingReminder } from "./schemas.ts";

/** How many we show. */
const SHOWN = 500;

/**
 * The reminders that are due by `by` and were not decided, the earliest first, as things are at `now`; and how many there
 * are in all.
 *
 * @param whom a person's id, to see theirs alone
 */
export function upcomingReminders(
  t: Plan,
  { settings, now, by, whom }: { settings: Settings; now: SQL; by: SQL; whom?: SQL },
): Handle<{ items: UpcomingReminder[]; total: number }> {
  const each = KINDS.map((kind) => {
    const undecided = selectUndecided(kind, now, by, whom);
    return sql`(select ${kind.name} as kind, undecided.* from (${undecided}) as undecided)`;
  });
  const upcoming = query
    .select({
      kind: sql<string>`upcoming.kind`,
      subject_id: sql<string>`upcoming.subject_id`,
      person: sql<NamedPerson | null>`${namedPerson(sql`upcoming.user_id`)}`,
      due_at: sql<string>`upcoming.due_at`.mapWith(reminders.due_at),
      outcome: sql<UpcomingReminder["outcome"]>`case when upcoming.outcome = 'sent' and exists (select from ${users}
        where ${users.id} = upcoming.user_id and ${isSuppressed(settings, users.email)}) then 'suppressed' else upcoming.outcome end`,
      reason: sql<string | null>`upcoming.reason`,
      total: sql<number>`(count(*) over ())::integer`,
    })
    .from(sql`(${sql.join(each, sql` union all `)}) as upcoming`)
    .orderBy(sql`upcoming.due_at, upcoming.kind, upcoming.subject_id, upcoming.user_id`)
    .limit(SHOWN);
  return t.combine(t.many(upcoming), (rows) => ({
    items: rows.map(({ total: _, ...item }) => ({ ...item, reason: sayWhy(item.outcome, item.reason) })),
    total: rows[0]?.total ?? 0,
  }));
}
