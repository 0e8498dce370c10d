import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { isOnOffer } from "../plans/on-offer.ts";
import { RECURRING_CYCLES, subscription_plans } from "../plans/tables.ts";
import { termEndAfter } from "../plans/term-end.ts";
import { entitles, runs } from "../subscriptions/standing.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/** When a session that is made now expires. */
const EXPIRY = sql`now() + interval '23 hours'`;
/** Stripe wants a session to live for another 30 minutes when it is made. */
const TOO_LATE = sql`now() + interval '35 minutes'`;
const SOON = sql`now() + interval '1 minute'`;

/** What a member wants to pay for. */
export interface Wish extends SubscriptionCheckout {
  user_id: string;
}

/** Whether a row of `subscription_plans` is the plan that is wanted, and on offer. */
export const isWanted = ({ plan_id }: Wish) => and(eq(subscription_plans.id, plan_id), isOnOffer);

/** What is paid for a row of `subscription_plans`, without the donation. Cents. */
export const duesOf = ({ base_subscription_cents }: Wish): SQL =>
  sql`coalesce(${base_subscription_cents ?? null}::int, ${subscription_plans.price_cents})`;

/** Whether Stripe collects a row of `subscription_plans` again and again. */
export const renewsItself: SQL = inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES]);

/** Whether a row of `subscriptions` is the member's running one. */
export const isRunning = ({ user_id }: Wish) => and(eq(subscriptions.user_id, user_id), runs);

/**
 * The row of `subscriptions` that the wish would be: a query. A term that is paid once begins where the running one ends,
 * or now, and never ends while its session can still be paid; one that renews itself begins when it is paid.
 */
export const wishedRow = (wish: Wish): SQL => sql`
  select ${wish.user_id}::uuid as user_id, id as plan_id, billing_cycle, ${duesOf(wish)} as base_subscription_cents,
    ${wish.donation_cents}::int as donation_cents, case when not ${renewsItself} then begins end as current_term_start,
    case when billing_cycle = 'custom' then ${termEndAfter(sql`greatest(begins, ${EXPIRY})`)} end as current_term_end,
    ${EXPIRY} as checkout_expires_at
  from ${subscription_plans} cross join (
    select coalesce(
      (select ${subscriptions.current_term_end} from ${subscriptions} where ${and(isRunning(wish), entitles)}),
      date_trunc('milliseconds', now())) as begins
  ) as term
  where ${isWanted(wish)}`;

/**
 * Whether a row of `subscriptions` is another wish than this one, or has no time left to be paid.
 *
 * @param wished the name of a row of {@link wishedRow}
 */
export const isAnother = (wished: SQL): SQL => sql`(
  (${subscriptions.plan_id}, ${subscriptions.billing_cycle}, ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents}, ${subscriptions.current_term_end})
    is distinct from (${wished}.plan_id, ${wished}.billing_cycle, ${wished}.base_subscription_cents, ${wished}.donation_cents, ${wished}.current_term_end)
  -- A term that has begun is the same, whenever that was: also when another device asked a moment later, and came first.
  or greatest(${subscriptions.current_term_start}, ${SOON}) is distinct from greatest(${wished}.current_term_start, ${SOON})
  or ${subscriptions.checkout_expires_at} < ${TOO_LATE})`;
