import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { planIsOnOffer } from "../../plans/on-offer.ts";
import { CHECKOUT_TOO_LATE } from "../../stripe/checkout-session.ts";
import { RECURRING_CYCLES, subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { oneCycleAfter } from "../offline/term-dates.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionEntitles, subscriptionIsRunning } from "../standing.ts";
import { supersededOf } from "../supersede.ts";
import type { SubscriptionCheckout } from "./schemas.ts";

/** When a session that is created now expires. Stripe allows 24 hours. */
const EXPIRY = sql`now() + interval '23 hours'`;
const SOON = sql`now() + interval '1 minute'`;

/** What a member wants to pay for. */
export interface Wish extends SubscriptionCheckout {
  user_id: string;
}

/** Whether a row of `subscription_plans` is the wished plan, and on offer. */
export const planIsWished = ({ plan_id }: Wish) => and(eq(subscription_plans.id, plan_id), planIsOnOffer);

/** The dues for a row of `subscription_plans`, without the donation. Cents. */
export const wishedDues = ({ base_subscription_cents }: Wish): SQL =>
  sql`coalesce(${base_subscription_cents ?? null}::int, ${subscription_plans.price_cents})`;

/** Whether there are no dues for a row of `subscription_plans`. */
export const wishIsFree = (wish: Wish): SQL => sql`(${wishedDues(wish)} = 0)`;

/** Whether Stripe would collect the dues for a row of `subscription_plans` again and again. */
export const wishRenewsItself = (wish: Wish): SQL =>
  sql`(${inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES])} and not ${wishIsFree(wish)})`;

/** Whether a row of `subscriptions` is the member's running one. */
export const subscriptionIsTheirRunning = ({ user_id }: Wish) =>
  and(eq(subscriptions.user_id, user_id), subscriptionIsRunning);

/** Whether nobody paid dues for the term of a row of `subscriptions`. */
const termIsFree = sql`(${and(
  eq(subscriptions.base_subscription_cents, 0),
  isNull(subscriptions.stripe_subscription_id),
)})`;

/**
 * Whether a row of `subscriptions` ends when a plan with dues begins: nobody paid for what is left of it. A free term that
 * extends a paid one has the rest of that in it.
 */
export const termGivesWay = sql`(${termIsFree} and not exists (select from ${supersededOf(sql`${subscriptions.user_id}`)}
  and superseded.base_subscription_cents > 0))`;

/** A free term can follow a running one only when that has no more than this left, so that nobody collects years of them. */
export const FREE_RENEWAL = sql`interval '14 days'`;

/** Whether the member already has what a wish without dues and donation asks for, and it is too early to renew it. */
export const freeTermRuns = (wish: Wish): SQL =>
  someSubscription(
    subscriptionIsTheirRunning(wish),
    eq(subscriptions.plan_id, wish.plan_id),
    sql`${termIsFree} and ${wish.donation_cents}::int = 0`,
    sql`coalesce(${subscriptions.current_term_end} > now() + ${FREE_RENEWAL}, true)`,
  );

/**
 * The row of `subscriptions` that the wish asks for, as a query. A term that is paid once begins when the running one ends,
 * or now, and does not end while its session can still be paid. A plan that renews begins when it is paid. Without dues,
 * nothing renews: only the donation is paid, once.
 */
export const wishedRow = (wish: Wish): SQL => sql`
  select ${wish.user_id}::uuid as user_id, id as plan_id, billing_cycle, ${wishedDues(wish)} as base_subscription_cents,
    ${wish.donation_cents}::int as donation_cents, case when not ${wishRenewsItself(wish)} then begins end as current_term_start,
    case when not ${wishRenewsItself(wish)} then ${oneCycleAfter(sql`greatest(begins, now())`, sql`null::timestamptz`)} end as current_term_end,
    ${EXPIRY} as checkout_expires_at
  from ${subscription_plans} cross join (
    select coalesce(
      (select ${subscriptions.current_term_end} from ${subscriptions} where ${and(subscriptionIsTheirRunning(wish), subscriptionEntitles)}),
      date_trunc('milliseconds', now())) as begins
  ) as term
  where ${planIsWished(wish)}`;

/**
 * Whether a row of `subscriptions` is not what the wish asks for, or has too little time left to be paid.
 *
 * @param wished the name of a row of {@link wishedRow}
 */
export const rowDiffersFrom = (wished: SQL): SQL => sql`(
  (${subscriptions.plan_id}, ${subscriptions.billing_cycle}, ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents})
    is distinct from (${wished}.plan_id, ${wished}.billing_cycle, ${wished}.base_subscription_cents, ${wished}.donation_cents)
  -- A term that counts from now would end a little later each time that somebody asks.
  or case when ${wished}.billing_cycle = 'custom' then ${subscriptions.current_term_end} is distinct from ${wished}.current_term_end
    else ${subscriptions.current_term_end} - ${wished}.current_term_end not between interval '-1 day' and interval '1 day' end
  -- Terms that have begun are alike, whenever that was: another device may have asked a moment earlier or later.
  or greatest(${subscriptions.current_term_start}, ${SOON}) is distinct from greatest(${wished}.current_term_start, ${SOON})
  or ${subscriptions.checkout_expires_at} < ${CHECKOUT_TOO_LATE})`;
