import { and, eq, inArray, isNotNull, not, or, type SQL, sql } from "drizzle-orm";
import { personIsSuperadmin } from "../access/superadmin.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { deleteUnsentMails } from "../mail/outbox.ts";
import { lockPerson } from "../people/person.ts";
import { changeStatusWhere } from "../people/status.ts";
import { payments } from "../tables/ledger.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";
import { RUNNING_STATUSES, subscriptions } from "../tables/subscriptions.ts";
import { laterBy } from "../time/days.ts";
import { subscriptionNeverBegan } from "./never-began.ts";
import { someSubscription } from "./rows.ts";

/** Whether a row of `subscriptions` is running. A person has at most one that is. */
export const subscriptionIsRunning: SQL = inArray(subscriptions.status, [...RUNNING_STATUSES]);

/** When the grace period of a term ends: so many days after the term, as the organization's settings say. */
export const graceEnd = (term_end: SQL): SQL =>
  laterBy(sql`(select ${organisation_settings.grace_days} from ${organisation_settings}) * interval '1 day'`, term_end);

/**
 * Whether a row of `subscriptions` runs, but no longer makes its owner a member: it is past due and its grace period is over, or
 * it is paused at Stripe, where nobody waived the dues, and its paid term is over. Never null.
 */
export const graceIsOver: SQL = sql`coalesce(case ${subscriptions.status}
  when 'past_due' then coalesce(${subscriptions.grace_ends_at} <= now(), true)
  when 'paused' then ${subscriptions.grace_ends_at} <= now() end, false)`;

/** Whether a row of `subscriptions` is paused at Stripe itself, where it collects nothing until somebody resumes it. */
export const subscriptionIsAtRest: SQL = sql`(${and(eq(subscriptions.status, "paused"), isNotNull(subscriptions.grace_ends_at))})`;

/** Whether a row of `subscriptions` makes its owner a member now: it is running, and neither grace period nor pause is over. */
export const subscriptionEntitles: SQL = sql`(${subscriptionIsRunning} and not ${graceIsOver})`;

/** Whether a row of `subscriptions` ever ran. A checkout that was never paid, or paid too late, did not. */
const subscriptionEverRan: SQL = sql`(${or(
  subscriptionIsRunning,
  eq(subscriptions.status, "expired"),
  and(
    sql`exists (select from ${payments} where ${eq(payments.subscription_id, subscriptions.id)})`,
    not(subscriptionNeverBegan),
  ),
)})`;

/** Whether a row of `users` has a subscription for which this holds. */
const personHas = (what: SQL): SQL => someSubscription(eq(subscriptions.user_id, users.id), what);

/** Whether a row of `users` is or was a member: has a subscription that runs, or ever ran. */
export const personWasMember = sql<boolean>`${personHas(subscriptionEverRan)}`;

/**
 * Makes a person's status follow from their subscriptions, as the transaction has left them so far. Someone who is entitled
 * and was waiting to pay, or had lapsed, becomes active. An active member who is not entitled anymore becomes inactive,
 * unless they are a superadmin or never had a subscription that ran. Locks the person first.
 *
 * @param user_id SQL that yields the person's id
 */
export function followSubscriptions(t: Plan, user_id: SQL): void {
  const person = eq(users.id, user_id);
  lockPerson(t, user_id);
  changeStatusWhere(t, "pay", person, personHas(subscriptionEntitles));
  changeStatusWhere(
    t,
    "lapse",
    person,
    personWasMember,
    not(personHas(subscriptionEntitles)),
    not(personIsSuperadmin(users.id)),
  );
  // Somebody who pays at night must not read in the morning that their membership has ended.
  const members = query
    .select({ id: users.id })
    .from(users)
    .where(and(person, eq(users.status, "active")));
  t.effect(deleteUnsentMails(sql`array${members}`, "membership_ended"));
}
