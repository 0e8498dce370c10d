import { and, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import type { RefusalStatus } from "../../http/errors.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { endOfGiven, laterBy, startOfGiven, timeOfGiven } from "../../time/days.ts";
import { lockPlanForReading } from "../lock.ts";
import { someSubscription } from "../rows.ts";
import type { OfflineTerm } from "./schemas.ts";
import {
  extendedTermEnd,
  offlineTermEnd,
  offlineTermStart,
  oneCycleAfter,
  planIsTheTerms,
  subscriptionIsExtended,
} from "./term-dates.ts";

/**
 * Whether the same term was recorded before. If so, the request is accepted and changes nothing. We compare it with the
 * term's payment, which never changes. What was left out means what it meant then: the plan's price, the time of recording,
 * a start at that time or where an earlier term of the person ends, and an end one cycle later.
 */
export const termIsRecorded = (term: OfflineTerm): SQL => {
  const { id, user_id, plan_id, payment_method, base_subscription_cents, donation_cents, paid_at, notes } = term;
  const price = sql`(select ${subscription_plans.price_cents} from ${subscription_plans} where ${planIsTheTerms(term)})`;
  const dues = payment_method === "complimentary" ? 0 : (base_subscription_cents ?? price);
  return sql`exists (select from ${subscriptions} join ${payments} on ${eq(payments.subscription_id, subscriptions.id)} where ${and(
    eq(subscriptions.id, id),
    eq(subscriptions.user_id, user_id),
    eq(subscriptions.plan_id, plan_id),
    ne(subscriptions.status, "pending"),
    eq(payments.payment_method, payment_method),
    eq(payments.base_subscription_cents, dues),
    eq(payments.donation_cents, donation_cents),
    eq(payments.paid_at, paid_at === undefined ? payments.created_at : timeOfGiven(paid_at)),
    term.term_start === undefined ? startIsDefault : eq(payments.term_start, startOfGiven(term.term_start)),
    term.term_end === undefined ? endIsDefault(term) : eq(payments.term_end, endOfGiven(term.term_end)),
    sql`${subscriptions.notes} is not distinct from ${notes ?? null}`,
  )})`;
};

/** Whether the term of a row of `payments` starts where it would by default: when it was recorded, or at the end of an earlier term. */
const startIsDefault = sql`(${payments.term_start} = ${payments.created_at} or exists (
  select from ${subscriptions} earlier where earlier.user_id = ${payments.user_id}
    and earlier.id <> ${payments.subscription_id} and earlier.current_term_end = ${payments.term_start}))`;

/** Whether it ends where it would by default: one cycle later, counted from the first of the person's terms that it extends. */
const endIsDefault = (term: OfflineTerm): SQL => sql`exists (
  select from ${subscriptions} first, ${subscription_plans} where first.user_id = ${payments.user_id}
    and ${planIsTheTerms(term)} and ${payments.term_end} is not distinct from
      ${oneCycleAfter(sql`${payments.term_start}`, sql`first.current_term_start`)})`;

/**
 * Locks the person and the plan, and checks every rule for a term. 400, 404 or 409 if one is broken. A term that was
 * recorded before passes them all, as long as the person still exists.
 */
export function guardOfflineTerm(t: Plan, term: OfflineTerm): void {
  const { id, user_id } = term;
  const guard = guardOf(t, term);
  t.valid(sql`coalesce(${startOfGiven(term.paid_at)} <= now(), true)`, "paid_at", "must not be in the future");
  t.valid(
    sql`coalesce(${startOfGiven(term.term_start)} < ${endOfGiven(term.term_end)}, true)`,
    "term_end",
    "must be after term_start",
  );
  lockPerson(t, user_id);
  guardPerson(t, user_id);
  lockPlanForReading(t, term.plan_id);
  guard(sql`not ${someSubscription(eq(subscriptions.id, id))}`, "id_taken", "Another term has this id.");
  guard(
    sql`exists (select from ${users} where ${and(eq(users.id, user_id), inArray(users.status, ["payment_pending", "inactive", "active"]))})`,
    "status_conflict",
    "Only approved applicants, members and former members can have a term.",
  );
  guardPlan(t, term);
  guardExtended(t, term);
  guardDates(t, term);
}

/** A guard that lets the term pass if it was recorded before. */
const guardOf =
  (t: Plan, term: OfflineTerm) =>
  (rule: SQL, code: ErrorCode, sentence: string, status: RefusalStatus = 409): void =>
    t.guard(sql`${termIsRecorded(term)} or ${rule}`, status, code, sentence);

const planHas = (term: OfflineTerm, what: SQL): SQL =>
  sql`exists (select from ${subscription_plans} where ${and(planIsTheTerms(term), what)})`;

const extendedHas = (term: OfflineTerm, what: SQL): SQL => someSubscription(subscriptionIsExtended(term), what);

function guardPlan(t: Plan, term: OfflineTerm): void {
  const guard = guardOf(t, term);
  guard(planHas(term, isNull(subscription_plans.archived_at)), "plan_not_found", "There is no such plan.", 404);
  guard(
    sql`${term.donation_cents} = 0 or ${planHas(term, sql`${subscription_plans.donation_allowed}`)}`,
    "donation_not_allowed",
    "This plan does not allow a donation on top.",
  );
}

/** Checks the running subscription that the term would extend. */
function guardExtended(t: Plan, term: OfflineTerm): void {
  const guard = guardOf(t, term);
  guard(
    sql`not ${extendedHas(term, isNotNull(subscriptions.stripe_subscription_id))}`,
    "already_subscribed",
    "This person has a subscription that renews automatically. To replace it with this term, cancel it first.",
  );
  guard(
    sql`not ${extendedHas(term, isNull(subscriptions.current_term_end))}`,
    "already_subscribed",
    "This person has a lifetime membership.",
  );
  guard(
    sql`not ${extendedHas(term, eq(subscriptions.status, "paused"))}`,
    "subscription_paused",
    "This person's subscription is paused. Resume it first.",
  );
}

function guardDates(t: Plan, term: OfflineTerm): void {
  const guard = guardOf(t, term);
  const start = offlineTermStart(term);
  const end = offlineTermEnd(term);
  const isForLife = planHas(term, eq(subscription_plans.billing_cycle, "lifetime"));
  guard(
    sql`not (${isForLife} and ${term.term_end !== undefined}::boolean)`,
    "term_without_end",
    "A lifetime term has no end.",
    400,
  );
  guard(
    sql`${isForLife} or ${end} is not null`,
    "term_end_needed",
    "This plan does not say when its terms end. Please enter an end date for this one.",
    400,
  );
  guard(
    sql`${isForLife} or ${end} > greatest(${start}, now())`,
    "term_over",
    "This term would end before it starts, or has ended already.",
  );
  // Recording a term makes the person a member right away, even if the term starts later.
  guard(
    sql`${start} <= ${laterBy(sql`interval '1 day'`, sql`greatest(now(), ${extendedTermEnd(term)})`)}`,
    "term_too_early",
    "A term can start at most a day from now, or a day after the current one ends. Please record it nearer its start.",
  );
  guard(
    sql`${isForLife} or not ${extendedHas(term, sql`${subscriptions.current_term_end} >= ${end}`)}`,
    "term_paid",
    "The current term already runs at least as long as this one would.",
  );
}
