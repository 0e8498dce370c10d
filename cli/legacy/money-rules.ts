import { allButFirst, RUNNING, type Rule, rule } from "./rule.ts";

export const SUBSCRIPTION_RULES: Rule[] = [
  rule(
    "changed",
    "subscription_plans",
    "has the name of another plan; now archived",
    allButFirst(
      "subscription_plans",
      "lower(name)",
      "active desc, created_at, id",
      "archived_at = updated_at, active = false",
      "archived_at is null",
    ),
  ),
  rule(
    "refused",
    "subscription_plans",
    "has no price, or a negative one",
    "select id from old_subscription_plans where price_cents is null or least(price_cents, minimum_price_cents) < 0",
  ),
  rule(
    "refused",
    "subscriptions",
    "belongs to no person or no plan",
    `select id from old_subscriptions s where not exists (select from old_users u where u.id = s.user_id)
       or not exists (select from old_subscription_plans p where p.id = s.plan_id)`,
  ),
  // Not worth a line: the old platform may have had the cycle only in its plans.
  rule(
    "changed",
    "subscriptions",
    "has its plan's cycle",
    `update old_subscriptions s set billing_cycle = p.billing_cycle
     from old_subscription_plans p where p.id = s.plan_id and s.billing_cycle is null`,
  ),
  rule(
    "changed",
    "subscriptions",
    "says no amount; has its plan's price",
    `update old_subscriptions s set base_subscription_cents = p.price_cents
     from old_subscription_plans p where p.id = s.plan_id and s.base_subscription_cents is null returning s.id`,
  ),
  rule(
    "refused",
    "subscriptions",
    "has a negative amount",
    "select id from old_subscriptions where least(base_subscription_cents, donation_cents) < 0",
  ),
  rule(
    "changed",
    "subscriptions",
    "cost nothing; now complimentary",
    `update old_subscriptions set payment_method = 'complimentary'
     where payment_method in ('cash', 'cheque') and base_subscription_cents + donation_cents = 0 returning id`,
  ),
  rule(
    "changed",
    "subscriptions",
    "does not end after its start; now has no start",
    "update old_subscriptions set current_term_start = null where current_term_end <= current_term_start returning id",
  ),
  rule(
    "changed",
    "subscriptions",
    "runs without an end; now ends a cycle after its start, until Stripe or a volunteer says otherwise",
    `update old_subscriptions set current_term_end = coalesce(current_term_start, created_at) + case billing_cycle
       when 'monthly' then interval '1 month' when 'quarterly' then interval '3 months' else interval '1 year' end
     where status in ${RUNNING} and billing_cycle in ('monthly', 'quarterly', 'yearly') and current_term_end is null returning id`,
  ),
  rule(
    "changed",
    "subscriptions",
    "has the Stripe subscription of a newer row; now has none",
    allButFirst(
      "subscriptions",
      "stripe_subscription_id",
      `status in ${RUNNING} desc, created_at desc, id`,
      "stripe_subscription_id = null",
      "stripe_subscription_id is not null",
    ),
  ),
  rule(
    "refused",
    "subscriptions",
    "runs at Stripe beside another one of the same person; cancel one of them there first",
    `select id from old_subscriptions where status in ${RUNNING} and stripe_subscription_id is not null and user_id in (
       select user_id from old_subscriptions where status in ${RUNNING} and stripe_subscription_id is not null
       group by user_id having count(*) > 1)`,
  ),
  rule(
    "changed",
    "subscriptions",
    "runs beside a later one of the same person; now expired",
    allButFirst(
      "subscriptions",
      "user_id",
      "stripe_subscription_id is not null desc, billing_cycle = 'lifetime' desc, current_term_end desc nulls last, created_at desc, id",
      "status = 'expired'",
      `status in ${RUNNING}`,
    ),
  ),
  rule(
    "changed",
    "subscriptions",
    "is pending beside a newer one of the same person; now cancelled",
    allButFirst("subscriptions", "user_id", "created_at desc, id", "status = 'cancelled'", "status = 'pending'"),
  ),
  rule(
    "changed",
    "subscriptions",
    "is past due; its grace period runs from the end of its term",
    `update old_subscriptions set grace_ends_at = current_term_end
       + (select grace_days from public.organisation_settings) * interval '1 day'
     where status = 'past_due' and grace_ends_at is null and current_term_end is not null returning id`,
  ),
  rule(
    "look",
    "subscriptions",
    "names a checkout at Stripe, but no subscription: its payment, if any, is not in the ledger; compare it with Stripe by hand",
    `select id from old_subscriptions where payment_method = 'stripe' and stripe_subscription_id is null
       and stripe_checkout_session_id is not null and status <> 'pending'`,
  ),
  rule(
    "look",
    "subscriptions",
    "does not say that anybody paid, so the ledger has no payment; if somebody did, enter the date in the old database",
    `select id from old_subscriptions where payment_method <> 'stripe' and not old_paid
       and base_subscription_cents + donation_cents > 0`,
  ),
  rule(
    "look",
    "subscriptions",
    "runs here without Stripe, but its term is over: the hourly job makes it past due, then ends it",
    `select id from old_subscriptions where status = 'active' and stripe_subscription_id is null and current_term_end < now()`,
  ),
];

export const DONATION_RULES: Rule[] = [
  rule(
    "refused",
    "donations",
    "has no amount, or one that is not positive",
    "select id from old_donations where amount_cents is null or amount_cents <= 0",
  ),
  rule(
    "refused",
    "donations",
    "has the Stripe payment or session of another row",
    `select id from old_donations where stripe_payment_intent_id in (
         select stripe_payment_intent_id from old_donations group by 1 having count(*) > 1)
       or stripe_checkout_session_id in (select stripe_checkout_session_id from old_donations group by 1 having count(*) > 1)`,
  ),
  rule(
    "look",
    "donations",
    "was refunded at Stripe: the refund itself comes from there",
    "select id from old_donations where status = 'refunded' and payment_method = 'stripe'",
  ),
  rule(
    "look",
    "donations",
    "was paid at Stripe, but names no payment intent: compare it with Stripe by hand",
    `select id from old_donations where status in ('completed', 'refunded') and payment_method = 'stripe'
       and stripe_payment_intent_id is null`,
  ),
];
