import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../../access/access.ts";
import { holdersOf } from "../../access/holds.ts";
import { addressIsFree, linkIsOpen } from "../../accounts/account-token.ts";
import { STATUS_FLOW } from "../../people/status.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { instantOf, localTime } from "../../time/days.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";

const DAYS_TO_CONFIRM = 3;

/** Once per address, however often somebody registered it. It carries the newest link that still works. */
export const unverifiedAddress = kind({
  name: "unverified_address",
  who: "an address that somebody registered and did not confirm",
  when: "3 days after the registration",
  template: "verification_reminder",
  data: { expires_at: account_tokens.expires_at },
  from: () => sql`from ${users} cross join lateral (select * from ${account_tokens}
    where ${and(eq(account_tokens.user_id, users.id), eq(account_tokens.purpose, "verify_email"), linkIsOpen)}
    order by ${account_tokens.created_at} desc limit 1) as ${account_tokens}`,
  subject: users.id,
  due_at: () => dayBegins(users.created_at, sql`${DAYS_TO_CONFIRM}`),
  until: () => dayBegins(users.created_at, sql`${2 * DAYS_TO_CONFIRM}`),
  holds: () =>
    and(
      eq(users.status, "pending_email"),
      eq(users.origin, "registration"),
      addressIsFree,
      sql`not exists (select from ${users} as earlier where earlier.email = ${users.email} and earlier.status = 'pending_email'
        and earlier.origin = 'registration' and (earlier.created_at, earlier.id) < (${users.created_at}, ${users.id}))`,
    ),
  same_within: "20 hours",
  to: users.email, // which it asks to confirm
  account_token_id: account_tokens.id,
});

const DAYS_TO_DECIDE = 7;

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
  from: (now) => sql`from ${users} cross join generate_series(0, 5) as week (number)
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
  same_within: "20 hours",
});

const days_after = offsets(organisation_settings.payment_reminder_days);

export const paymentReminder = kind({
  name: "payment_pending",
  who: "people who were approved and have not paid",
  when: "3, 7, 14 and 30 days later (`payment_reminder_days`), at most 14 days late",
  template: "payment_reminder",
  data: { first_name: users.first_name },
  from: () => sql`from ${users} ${days_after.join}`,
  subject: users.id,
  due_at: () => dayBegins(users.status_since, days_after.value),
  until: () => dayBegins(users.status_since, sql`${days_after.value} + 14`),
  holds: () => and(eq(users.status, "payment_pending"), isNull(users.erased_at)),
  same_within: "20 hours",
});
