import { periodEnd } from "./calendar.ts";
import { invalidRequest } from "./errors.ts";
import type { Subscription } from "./wire.ts";
import type { World } from "./world.ts";

/** Why Stripe paused a subscription: `status_details.paused.subscription.type`. */
export type PauseReason = "first_payment_failure" | "final_payment_failure" | "pause_requested";

/**
 * Pauses a subscription: the member did in the portal, somebody did in the dashboard, or Stripe did because a payment failed. It
 * is neither billed nor renewed until it is resumed, its period ends with the pause, and open invoices stay payable.
 * https://docs.stripe.com/billing/subscriptions/pause
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries/pause-on-payment-failure
 */
export function pauseSubscription(world: World, subscription: Subscription, reason: PauseReason): void {
  if (subscription.status !== "active" && subscription.status !== "past_due") {
    throw invalidRequest(`Subscription ${subscription.id} cannot be paused: its status is ${subscription.status}.`);
  }
  const now = world.now(subscription.customer);
  const before = structuredClone(subscription);
  subscription.status = "paused";
  subscription.status_details = {
    paused: { subscription: { type: reason }, transitioned_at: now, type: "subscription" },
  };
  for (const item of subscription.items.data) {
    item.current_period_end = Math.min(item.current_period_end, Math.max(now, item.current_period_start + 1));
  }
  world.emit("customer.subscription.updated", subscription, before);
  world.emit("customer.subscription.paused", subscription, before);
}

/** The subscription is active from now on, in the period that its anchor gives. `before` is what it was. */
export function endPause(world: World, subscription: Subscription, before: Subscription): void {
  const now = world.now(subscription.customer);
  for (const item of subscription.items.data) {
    const endAfter = (start: number) =>
      item.price.recurring ? periodEnd(subscription.billing_cycle_anchor, start, item.price.recurring) : Infinity;
    item.current_period_end = endAfter(item.current_period_start);
    while (item.current_period_end <= now) {
      item.current_period_start = item.current_period_end;
      item.current_period_end = endAfter(item.current_period_start);
    }
  }
  subscription.status = "active";
  delete subscription.status_details;
  world.emit("customer.subscription.updated", subscription, before);
  world.emit("customer.subscription.resumed", subscription, before);
}
