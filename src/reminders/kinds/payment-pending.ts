import { and, eq, isNull, sql } from "drizzle-orm";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";

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
