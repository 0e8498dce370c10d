import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import type { RefusalStatus } from "../http/errors.ts";
import { mustBeAhead } from "./ahead.ts";
import { lockSubscription, subscriptionAfter } from "./find.ts";
import { besideRenewal, noRenewalOpen } from "./renewal-open.ts";
import type { SubscriptionChange, SubscriptionDetail } from "./schemas.ts";
import { entitles, memberFollows, runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/**
 * Changes what a volunteer may: when a term ends that does not renew itself, until when late dues are waited for, the notes.
 * A term that is past due and now ends in the future runs again; longer grace makes whoever had lapsed a member again.
 * 400 where the grace would be over already, or is longer than two years; 404; 409 where the state does not allow it.
 */
export async function editSubscription(
  ctx: SignedInContext,
  id: string,
  { notes, ...change }: SubscriptionChange,
): Promise<SubscriptionDetail> {
  const current_term_end = change.current_term_end ?? null;
  const grace_ends_at = change.grace_ends_at ?? null;
  mustBeAhead(ctx, "grace_ends_at", grace_ends_at);
  const row = eq(subscriptions.id, id);
  const runsAgain = sql`coalesce(${subscriptions.status} = 'past_due' and ${current_term_end}::timestamptz > now(), false)`;
  /** What must hold of it where its term is to end at another time. */
  const ofTerm = (rule: SQL, ...refusal: [RefusalStatus, string, string]) =>
    guard(
      sql`${current_term_end}::timestamptz is null or exists (select from ${subscriptions} where ${and(row, rule)})`,
      ...refusal,
    );
  return besideRenewal(ctx, id, (over) =>
    subscriptionAfter(
      ctx,
      id,
      ...lockSubscription(id),
      ofTerm(
        isNull(subscriptions.stripe_subscription_id),
        409,
        "renews_itself",
        "This subscription renews itself: when its term ends is Stripe's to say.",
      ),
      ofTerm(runs, 409, "subscription_ended", "This subscription has ended. Record a new term instead."),
      ofTerm(ne(subscriptions.billing_cycle, "lifetime"), 409, "term_without_end", "This term is for life."),
      ofTerm(
        sql`coalesce(${subscriptions.current_term_start} < ${current_term_end}::timestamptz, true)`,
        409,
        "term_before_start",
        "A term cannot end before it starts.",
      ),
      // Also a plan that renews itself: it begins when it is paid, and what the term was given beyond that would be lost.
      noRenewalOpen(id, over, { unless: sql`${current_term_end}::timestamptz is null` }),
      guard(
        sql`${grace_ends_at}::timestamptz is null or exists (select from ${subscriptions} where ${and(row, eq(subscriptions.status, "past_due"))})`,
        409,
        "not_past_due",
        "Only a subscription that is past due has a grace period.",
      ),
      effect(
        query
          .update(subscriptions)
          .set({
            current_term_end: sql`coalesce(${current_term_end}::timestamptz, ${subscriptions.current_term_end})`,
            status: sql`case when ${runsAgain} then 'active' else ${subscriptions.status} end`,
            grace_ends_at: sql`case when not ${runsAgain} then coalesce(${grace_ends_at}::timestamptz, ${subscriptions.grace_ends_at}) end`,
            ...(notes !== undefined && { notes }),
          })
          .where(row),
      ),
      // Nobody lapses by this: only a row that entitles them moves a person.
      ...memberFollows(sql`(select ${subscriptions.user_id} from ${subscriptions} where ${and(row, entitles)})`),
    ),
  );
}
