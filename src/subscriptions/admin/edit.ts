import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { endOfGiven } from "../../time/days.ts";
import { lockSubscription } from "../lock.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { followSubscriptions, subscriptionEntitles, subscriptionIsRunning } from "../standing.ts";
import { guardAhead } from "./ahead.ts";
import { selectSubscription } from "./find.ts";
import { guardOwnersPowers } from "./owners-powers.ts";
import { changeBesideRenewal, guardNoRenewalOpen } from "./renewal-open.ts";
import type { Subscription, SubscriptionChange } from "./schemas.ts";

/**
 * Edits what a volunteer may: the end of a term that does not renew, the end of the grace period, and the notes. A past-due
 * term that now ends in the future is active again. A longer grace period makes a lapsed member active again. 400 if the
 * grace period would be over, or is longer than two years; 403 if a shorter term takes away powers which the actor does not
 * have; 404; 409 if the subscription's state does not allow it.
 */
export async function editSubscription(
  ctx: SignedInContext,
  id: string,
  { notes, ...change }: SubscriptionChange,
): Promise<Subscription> {
  const current_term_end = endOfGiven(change.current_term_end);
  const grace_ends_at = endOfGiven(change.grace_ends_at);
  const row = eq(subscriptions.id, id);
  const becomesActive = sql`coalesce(${subscriptions.status} = 'past_due' and ${current_term_end} > now(), false)`;
  return changeBesideRenewal(ctx, id, (over) =>
    ctx.transact((t) => {
      guardAhead(t, "grace_ends_at", grace_ends_at);
      lockSubscription(t, id);
      guardTermEnd(t, row, current_term_end);
      const endsEarlier = sql`${current_term_end} < ${subscriptions.current_term_end}`;
      guardOwnersPowers(t, ctx, id, endsEarlier, "shorten the membership of");
      // This includes a plan that renews: it begins when it is paid, and the days added to this term would be lost.
      guardNoRenewalOpen(t, id, over, { unless: sql`${current_term_end} is null` });
      t.guard(
        sql`${grace_ends_at} is null or ${someSubscription(row, eq(subscriptions.status, "past_due"))}`,
        409,
        "not_past_due",
        "Only a subscription that is past due has a grace period.",
      );
      updateSubscriptions(t, row, {
        current_term_end: sql`coalesce(${current_term_end}, ${subscriptions.current_term_end})`,
        status: sql`case when ${becomesActive} then 'active' else ${subscriptions.status} end`,
        grace_ends_at: sql`case when not ${becomesActive} then coalesce(${grace_ends_at}, ${subscriptions.grace_ends_at}) end`,
        ...(notes !== undefined && { notes }),
      });
      // Only if the row entitles its owner: an edit makes nobody lapse.
      followSubscriptions(
        t,
        sql`(select ${subscriptions.user_id} from ${subscriptions} where ${and(row, subscriptionEntitles)})`,
      );
      return selectSubscription(t, ctx, id);
    }),
  );
}

/** 409 if a new end is given for a term that may not have one. */
function guardTermEnd(t: Plan, row: SQL, current_term_end: SQL): void {
  const guard = (rule: SQL, code: ErrorCode, sentence: string) =>
    t.guard(sql`${current_term_end} is null or ${someSubscription(row, rule)}`, 409, code, sentence);
  guard(
    isNull(subscriptions.stripe_subscription_id),
    "renews_itself",
    "This subscription renews automatically. Stripe decides when its term ends.",
  );
  guard(subscriptionIsRunning, "subscription_ended", "This subscription has ended. Record a new term instead.");
  guard(ne(subscriptions.billing_cycle, "lifetime"), "term_without_end", "This is a lifetime term.");
  guard(
    sql`coalesce(${subscriptions.current_term_start} < ${current_term_end}, true)`,
    "term_before_start",
    "A term cannot end before it starts.",
  );
}
