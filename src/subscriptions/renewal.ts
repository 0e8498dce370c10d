import { and, eq, inArray, isNotNull, lt, not, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { payments } from "../tables/ledger.ts";
import { RUNNING_STATUSES, subscriptionEnd, subscriptions } from "../tables/subscriptions.ts";
import { subscriptionNeverBegan } from "./never-began.ts";

/** What became of a term that ended. */
export const RenewalOutcome = z.enum(["renewed", "lost", "open"]);
export type RenewalOutcome = z.infer<typeof RenewalOutcome>;

const endOfRow = subscriptionEnd(subscriptions);

/**
 * Until when a payment kept its payer a member: until its term ended, or its subscription if that came first. A payment
 * that began nothing never did.
 *
 * @param payment the alias of a row of `payments`
 */
export const endOfPaid = (payment: SQL): SQL => sql`coalesce(least(${payment}.term_end, (
  select case when ${subscriptionNeverBegan} then '-infinity'
    when ${subscriptions.status} in ('cancelled', 'expired') then ${endOfRow} end
  from ${subscriptions} where ${eq(subscriptions.id, sql`${payment}.subscription_id`)})), 'infinity')`;

/** Whether another payment of the same person made them a member when a row of `subscriptions` ended, and for longer. */
const anotherGoesOn = sql`exists (
  select from ${payments} other
  where other.user_id = ${subscriptions.user_id} and other.subscription_id <> ${subscriptions.id}
    and coalesce(other.term_start, other.paid_at) <= ${endOfRow}
    and ${endOfPaid(sql`other`)} > ${endOfRow})`;

const isPaidFor = sql`exists (select from ${payments} own where own.subscription_id = ${subscriptions.id})`;

/** Until when each subscription was ever paid for. Read once for all: asked for each term, it takes many times as long. */
const lastTerms = query
  .select({ subscription_id: payments.subscription_id, ends_at: sql<string>`max(${payments.term_end})`.as("ends_at") })
  .from(payments)
  .where(isNotNull(payments.term_end))
  .groupBy(payments.subscription_id)
  .as("last_terms");

/**
 * The terms that ended, each with what became of it. The last one of a subscription ends with it. Until then it is open: the
 * dues are late, or paused. The earlier ones were renewed by the next. A subscription that nobody paid for has none.
 *
 * @param within whether an end counts. It is asked in the columns themselves, so that their indexes find the terms.
 */
export const selectEndedTerms = (within: (end: SQLWrapper) => SQL | undefined) =>
  query
    .select({
      subscription_id: sql<string>`${subscriptions.id}`.as("subscription_id"),
      plan_id: sql<string>`${subscriptions.plan_id}`.as("plan_id"),
      ended_at: sql<string>`${endOfRow}`.as("ended_at"),
      outcome: sql<RenewalOutcome>`case when ${inArray(subscriptions.status, [...RUNNING_STATUSES])} then 'open'
        when ${anotherGoesOn} then 'renewed' else 'lost' end`.as("outcome"),
    })
    .from(subscriptions)
    .where(and(within(endOfRow), isPaidFor, not(subscriptionNeverBegan)))
    .unionAll(
      query
        .select({
          subscription_id: sql<string>`${subscriptions.id}`.as("subscription_id"),
          plan_id: sql<string>`${subscriptions.plan_id}`.as("plan_id"),
          ended_at: sql<string>`${payments.term_end}`.as("ended_at"),
          outcome: sql<RenewalOutcome>`'renewed'`.as("outcome"),
        })
        .from(payments)
        .innerJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
        .innerJoin(lastTerms, eq(lastTerms.subscription_id, payments.subscription_id))
        .where(
          and(
            within(payments.term_end),
            sql`${payments.term_end} < coalesce(${endOfRow}, 'infinity')`,
            lt(payments.term_end, lastTerms.ends_at),
            not(subscriptionNeverBegan),
          ),
        ),
    );
