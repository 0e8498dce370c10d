import { invalidRequest } from "./errors.ts";
import { beginPeriod, bill, periodOf } from "./subscribing.ts";
import type { Subscription } from "./wire.ts";
import type { World } from "./world.ts";

/** A subscription rests: it is neither billed nor moved to another period until it is resumed. */
export function pauseSubscription(world: World, subscription: Subscription): void {
  if (subscription.status !== "active" && subscription.status !== "past_due") {
    throw invalidRequest(`Subscription ${subscription.id} cannot be paused: it is ${subscription.status}.`);
  }
  const before = structuredClone(subscription);
  subscription.status = "paused";
  world.emit("customer.subscription.updated", subscription, before);
  world.emit("customer.subscription.paused", subscription, before);
}

/**
 * Goes on with a paused subscription: in a new period that begins now and is billed or, with its anchor unchanged, in the
 * period it was in. Where that is over, the one that is running now is billed as a whole.
 */
export function resumeSubscription(world: World, subscription: Subscription, anchor: "now" | "unchanged"): void {
  if (subscription.status !== "paused") {
    throw invalidRequest(`Subscription ${subscription.id} is not paused: it is ${subscription.status}.`);
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
