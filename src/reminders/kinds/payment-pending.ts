import { and, eq, isNull, not, sql } from "drizzle-orm";
import { bankIsProcessing } from "../../people/bank-processing.ts";
import { personWasMember } from "../../subscriptions/standing.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { dayBegins, offsets } from "../due.ts";
import { kind } from "../kind.ts";

const days_after = offsets(organisation_settings.payment_reminder_days);

export const paymentReminder = kind({
  name: "payment_pending",
  who: "people who were approved or are coming back as members, and have not paid, unless their bank is processing a payment",
  when: "3, 7, 14 and 30 days later (`payment_reminder_days`), at most 14 days late",
  template: "payment_reminder",
  data: { first_name: users.first_name, was_member: personWasMember },
  from: () => sql`from ${users} ${days_after.join}`,
  subject: users.id,
  due_at: () => dayBegins(users.status_since, days_after.value),
  until: () => dayBegins(users.status_since, sql`${days_after.value} + 14`),
  holds: (now) =>
    and(eq(users.status, "payment_pending"), isNull(users.erased_at), not(bankIsProcessing(users.id, now))),
  same_within: sql`interval '20 hours'`,
});
