import { invalidRequest } from "./errors.ts";
import { endPause } from "./pausing.ts";
import { beginPeriod, bill, periodOf } from "./subscribing.ts";
import type { Subscription } from "./wire.ts";
import type { World } from "./world.ts";

export interface Resumption {
  billing_cycle_anchor?: { type: "now" | "unchanged" } | undefined;
  payment_behavior?: "resume_on_payment_attempt" | "resume_on_payment_success" | undefined;
  proration_behavior?: "always_invoice" | "create_prorations" | "none" | undefined;
}

/**
 * Resumes a paused subscription. With the anchor "now", which is the default, a new period starts and is billed in full. With
 * "unchanged", the rest of the current period is billed, unless `proration_behavior` is "none". Without an invoice, the
 * subscription is active at once. With one, it stays paused until the invoice is paid, and only "resume_on_payment_success"
 * tries to collect it at once: https://docs.stripe.com/api/subscriptions/resume
 */
export function resumeSubscription(world: World, subscription: Subscription, wish: Resumption): void {
  if (subscription.status !== "paused") {
    throw invalidRequest(`Subscription ${subscription.id} is not paused: its status is ${subscription.status}.`);
  }
  const now = world.now(subscription.customer);
  const before = structuredClone(subscription);
  const anew = wish.billing_cycle_anchor?.type !== "unchanged";
  if (anew) {
    subscription.billing_cycle_anchor = now;
    beginPeriod(subscription, now);
  } else {
    beginPeriod(subscription, periodOf(subscription).start);
    while (periodOf(subscription).end <= now) beginPeriod(subscription, periodOf(subscription).end);
  }
  const { start, end } = periodOf(subscription);
  const share = anew ? 1 : wish.proration_behavior === "none" ? 0 : (end - now) / (end - start);
  if (share === 0) {
    endPause(world, subscription, before);
    return;
  }
  bill(world, subscription, "subscription_update", before, {
    share,
    attempts: wish.payment_behavior === "resume_on_payment_success",
  });
}
