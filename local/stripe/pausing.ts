import { invalidRequest } from "./errors.ts";
import { beginPeriod, bill, periodOf } from "./subscribing.ts";
import type { Subscription } from "./wire.ts";
import type { World } from "./world.ts";

/** Pauses a subscription. It is neither billed nor renewed until it is resumed. */
export function pauseSubscription(world: World, subscription: Subscription): void {
  if (subscription.status !== "active" && subscription.status !== "past_due") {
    throw invalidRequest(`Subscription ${subscription.id} cannot be paused: its status is ${subscription.status}.`);
  }
  const before = structuredClone(subscription);
  subscription.status = "paused";
  world.emit("customer.subscription.updated", subscription, before);
  world.emit("customer.subscription.paused", subscription, before);
}

/**
 * Resumes a paused subscription. With the anchor "now", a new period starts and is billed. With "unchanged", the old
 * period continues. If that period is over, the full current period is billed.
 */
export function resumeSubscription(world: World, subscription: Subscription, anchor: "now" | "unchanged"): void {
  if (subscription.status !== "paused") {
    throw invalidRequest(`Subscription ${subscription.id} is not paused: its status is ${subscription.status}.`);
  }
  const now = world.now(subscription.customer);
  const before = structuredClone(subscription);
  subscription.status = "active";
  if (anchor === "now") {
    subscription.billing_cycle_anchor = now;
    beginPeriod(subscription, now);
  }
  while (periodOf(subscription).end <= now) beginPeriod(subscription, periodOf(subscription).end);
  const same = periodOf(subscription).start === periodOf(before).start;
  if (same) world.emit("customer.subscription.updated", subscription, before);
  else bill(world, subscription, "subscription_update", before);
  world.emit("customer.subscription.resumed", subscription, before);
}
