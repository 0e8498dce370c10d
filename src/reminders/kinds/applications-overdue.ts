import { and, inArray, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../../access/access.ts";
import { holdersOf } from "../../access/holds.ts";
import { STATUS_FLOW } from "../../people/status.ts";
import { users } from "../../tables/people.ts";
import { instantOf, localTime } from "../../time/days.ts";
import { HORIZON_DAYS } from "../due.ts";
import { kind } from "../kind.ts";

const DAYS_TO_DECIDE = 7;

const WEEKS_AHEAD = Math.ceil(HORIZON_DAYS / 7);

const mondays = (now: SQL) => instantOf(sql`date_trunc('week', ${localTime(now)}) + week.number * interval '7 days'`);

/** On Mondays, so at most once a week. */
export const applicationsOverdue = kind({
  name: "applications_overdue",
  who: "holders of `users.approve`",
  when: "each Monday on which an application has waited for more than 7 days",
  template: "applications_overdue",
  data: {
    first_name: users.first_name,
    waiting: sql<number>`waiting.number`,
  },
  from: (now) => sql`from ${users} cross join generate_series(0, ${WEEKS_AHEAD}) as week (number)
    cross join lateral (select count(*)::integer as number from ${users} as applicant
      where applicant.status = any (${sql.param(`{${STATUS_FLOW.approve.from.join(",")}}`)}::userstatus[])
        and applicant.erased_at is null
        and applicant.status_since <= ${mondays(now)} - ${DAYS_TO_DECIDE} * interval '1 day') as waiting`,
  subject: users.id,
  due_at: mondays,
  until: (now) => sql`${mondays(now)} + interval '2 days'`,
  holds: () =>
    and(
      inArray(users.status, [...PERMITTED_STATUSES]),
      inArray(users.id, holdersOf("users.approve")),
      sql`waiting.number > 0`,
    ),
  same_within: sql`interval '20 hours'`,
});
