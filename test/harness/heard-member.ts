import { expect } from "vitest";
import { eventOf, type PaidCheckout, paidCheckout, stripeApi } from "./payments.ts";
import { stripe } from "./platform.ts";

export type HeardMember = PaidCheckout & { customer: string };

/** Somebody who has paid for a month, and whose events from now on wait to be delivered. */
export async function heardMember(columns: Record<string, unknown> = {}): Promise<HeardMember> {
  const paid = await paidCheckout({
    columns: { billing_cycle: "monthly", price_cents: 2000, ...columns },
    donation_cents: 500,
  });
  await stripe.deliver([eventOf(paid, "checkout.session.completed")]);
  const { customer } = await stripeApi.subscriptions.retrieve(paid.stripe_subscription_id);
  await stripe.deliveryMode("manual", String(customer));
  return { ...paid, customer: String(customer) };
}

/** Delivers some events, of which there is one at least, and each of which is accepted. */
export async function deliver(events: { event_id: string }[]): Promise<void> {
  expect(events).not.toEqual([]);
  const answers = await stripe.deliver(events.map(({ event_id }) => event_id));
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200));
}

/** Delivers what waits, each once, whatever it is; returns their types. */
export async function hear(match: string): Promise<string[]> {
  const waiting = (await stripe.deliveries(match)).filter(({ state }) => state === "manual");
  await deliver(waiting);
  return waiting.map(({ type }) => type);
}
