import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { planIsOnOffer } from "../../plans/on-offer.ts";
import { termEndAfter } from "../../plans/term-end.ts";
import { CHECKOUT_TOO_LATE } from "../../stripe/checkout-session.ts";
import { RECURRING_CYCLES, subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionEntitles, subscriptionIsRunning } from "../standing.ts";
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

/** Whether Stripe collects the dues of a row of `subscription_plans` again and again. */
export const planRenewsItself: SQL = inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES]);

/** Whether a row of `subscriptions` is the member's running one. */
export const subscriptionIsTheirRunning = ({ user_id }: Wish) =>
  and(eq(subscriptions.user_id, user_id), subscriptionIsRunning);

/**
 * The row of `subscriptions` that the wish asks for, as a query. A term that is paid once begins when the running one ends,
 * or now, and does not end while its session can still be paid. A plan that renews begins when it is paid.
 */
export const wishedRow = (wish: Wish): SQL => sql`
  select ${wish.user_id}::uuid as user_id, id as plan_id, billing_cycle, ${wishedDues(wish)} as base_subscription_cents,
    ${wish.donation_cents}::int as donation_cents, case when not ${planRenewsItself} then begins end as current_term_start,
    case when billing_cycle = 'custom' then ${termEndAfter(sql`greatest(begins, now())`)} end as current_term_end,
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
  (${subscriptions.plan_id}, ${subscriptions.billing_cycle}, ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents}, ${subscriptions.current_term_end})
    is distinct from (${wished}.plan_id, ${wished}.billing_cycle, ${wished}.base_subscription_cents, ${wished}.donation_cents, ${wished}.current_term_end)
  -- Terms that have begun are alike, whenever that was: another device may have asked a moment earlier or later.
  or greatest(${subscriptions.current_term_start}, ${SOON}) is distinct from greatest(${wished}.current_term_start, ${SOON})
  or ${subscriptions.checkout_expires_at} < ${CHECKOUT_TOO_LATE})`;
