import { randomUUID } from "node:crypto";
import { DONATION_PART, DUES_PART } from "../src/stripe/values.ts";
import { INTERVALS, recurs } from "../src/subscriptions/checkout/create-session.ts";
import type { subscription_plans } from "../src/tables/plans.ts";
import { daysAgo, instantOf, monthsAgo } from "./sample-dates.ts";
import type { Gift, Payer } from "./sample-payers.ts";
import { DAY } from "./stripe/calendar.ts";
import { buildCustomer } from "./stripe/objects/customer.ts";
import { createSession } from "./stripe/session-creation.ts";
import type { Session } from "./stripe/wire.ts";
import type { World } from "./stripe/world.ts";

type Plan = typeof subscription_plans.$inferSelect;

/** A checkout of the past: when it was opened, how, and what became of it. */
export interface Checkout {
  moment: number;
  open: (world: World) => Session;
  abandoned?: boolean | undefined;
  later?: Payer["later"];
}

const line = (
  name: string,
  unit_amount: number,
  part: string,
  recurring?: (typeof INTERVALS)[keyof typeof INTERVALS],
) => ({
  quantity: 1,
  price_data: {
    currency: "usd",
    unit_amount,
    ...(recurring && { recurring }),
    product_data: { name, metadata: { part } },
  },
});

/** Whoever looks at an old checkout comes back to the list of all. */
const returnsTo = ({ stripe_url }: World) => ({ success_url: stripe_url, cancel_url: stripe_url });

/** A first payment of dues, with the row that it is for. */
export function duesCheckout({ email, since, later, ...payer }: Payer, user_id: string, plans: Plan[]) {
  const plan = plans.find(({ name }) => name === payer.plan);
  if (!plan) throw new Error(`There is no sample plan ${payer.plan}`);
  const { billing_cycle } = plan;
  const id = payer.subscription_id ?? randomUUID();
  const moment = monthsAgo(since);
  const recurring = recurs(billing_cycle) ? INTERVALS[billing_cycle] : undefined;
  const base_subscription_cents = plan.suggested_price_cents ?? plan.price_cents;
  const donation_cents = payer.donation_cents ?? 0;
  const created_at = instantOf(moment);
  const once = { term_start: created_at };
  const metadata = { subscription_id: id, user_id, plan_id: plan.id, billing_cycle, ...(!recurring && once) };
  const name = `${payer.first_name} ${payer.last_name}`;
  return {
    moment,
    later,
    open(world: World): Session {
      const customer = buildCustomer(world.now(null), { email, name });
      world.state.customers.set(customer.id, customer);
      return createSession(world, {
        ...returnsTo(world),
        customer: customer.id,
        client_reference_id: id,
        metadata,
        line_items: [
          line(`Dues: ${plan.name}`, base_subscription_cents, DUES_PART, recurring),
          ...(donation_cents > 0 ? [line("Donation", donation_cents, DONATION_PART, recurring)] : []),
        ],
        ...(recurring
          ? { mode: "subscription", subscription_data: { metadata } }
          : { mode: "payment", payment_intent_data: { metadata } }),
      });
    },
    row: {
      id,
      user_id,
      plan_id: plan.id,
      billing_cycle,
      base_subscription_cents,
      donation_cents,
      current_term_start: recurring ? null : created_at,
      paused_at: payer.paused_days_ago === undefined ? null : instantOf(daysAgo(payer.paused_days_ago)),
      checkout_expires_at: instantOf(moment + DAY),
      created_at,
    },
  };
}

/** A donation, with its row. */
export function giftCheckout(
  { giver, amount_cents, days_ago, message, anonymous, abandoned, later }: Gift,
  user_id: string | null,
) {
  const id = randomUUID();
  const moment = daysAgo(days_ago);
  const metadata = { donation_id: id };
  return {
    moment,
    abandoned,
    later,
    open: (world: World): Session =>
      createSession(world, {
        ...returnsTo(world),
        mode: "payment",
        submit_type: "donate",
        customer_email: giver.email,
        client_reference_id: id,
        metadata,
        payment_intent_data: { metadata },
        line_items: [line("Donation", amount_cents, DONATION_PART)],
      }),
    row: {
      id,
      user_id,
      donation_type: user_id ? ("member" as const) : ("public" as const),
      amount_cents,
      donor_name: user_id ? null : giver.name,
      donor_email: user_id ? null : giver.email,
      message: message ?? null,
      anonymous: anonymous ?? false,
      checkout_expires_at: instantOf(moment + DAY),
      created_at: instantOf(moment),
    },
  };
}
