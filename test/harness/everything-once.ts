import type { ownPlatform } from "./own-platform.ts";

export type Platform = Awaited<ReturnType<typeof ownPlatform>>;

export interface Payer {
  id: string;
  email: string;
  /** Empty for a donation. */
  stripe_subscription_id: string;
  session_id: string;
}

/** Whom the history is about: members with monthly dues, and a donor. We have heard of their first payments. */
export interface People {
  platform: Platform;
  by_card: Payer;
  by_bank: Payer;
  donor: Payer;
}

export interface Step {
  name: string;
  happens(people: People): Promise<unknown>;
}

const MONTH = 32;

const chargeOf = async ({ platform: { stripeApi } }: People, payer: Payer) => {
  const { customer, payment_intent } = await stripeApi.checkout.sessions.retrieve(payer.session_id);
  const of = customer ? { customer: String(customer) } : { payment_intent: String(payment_intent) };
  const charges = await stripeApi.charges.list({ ...of, limit: 100 });
  const charge = charges.data.find(({ status }) => status === "succeeded");
  if (!charge) throw new Error("There is no paid charge");
  return charge.id;
};

/** Changes at Stripe, each once. What comes later may build on what came before. */
export const STEPS: Step[] = [
  {
    name: "a treasurer changes a price and adds an item",
    async happens({ platform: { stripeApi }, by_card: { stripe_subscription_id: id } }) {
      const { items } = await stripeApi.subscriptions.retrieve(id);
      const { id: product } = await stripeApi.products.create({ name: "Dues of next year" });
      const price = (unit_amount: number) => ({
        price_data: { currency: "usd", product, unit_amount, recurring: { interval: "month" as const } },
      });
      await stripeApi.subscriptions.update(id, {
        items: [{ ...(items.data[0] && { id: items.data[0].id }), ...price(6600) }, price(150)],
        metadata: { subscription_id: "", plan_id: "", billing_cycle: "", member_number: "42" },
        proration_behavior: "none",
      });
    },
  },
  {
    name: "dues with the new price are collected",
    happens: ({ platform: { stripe }, by_card }) => stripe.advance(MONTH, by_card.stripe_subscription_id),
  },
  {
    name: "a renewal fails, and is paid outside of Stripe",
    async happens({ platform: { stripe, stripeApi }, by_card: { stripe_subscription_id: subscription } }) {
      await stripe.decline({ subscription }, true);
      await stripe.advance(MONTH, subscription);
      const [open] = (await stripeApi.invoices.list({ subscription, status: "open" })).data;
      await stripeApi.invoices.pay(open?.id ?? "", { paid_out_of_band: true });
      await stripe.decline({ subscription }, false);
    },
  },
  {
    name: "a part of the dues is refunded in the dashboard",
    happens: async (people) =>
      people.platform.stripeApi.refunds.create({ charge: await chargeOf(people, people.by_card), amount: 1111 }),
  },
  {
    name: "a donation is refunded in part in the dashboard",
    happens: async (people) =>
      people.platform.stripeApi.refunds.create({ charge: await chargeOf(people, people.donor), amount: 700 }),
  },
  {
    name: "the rest of the donation is disputed, and the dispute is won",
    async happens(people) {
      const { stripe } = people.platform;
      const { dispute } = await stripe.dispute({ charge: await chargeOf(people, people.donor) });
      await stripe.closeDispute(dispute, "won");
    },
  },
  {
    name: "a bank takes a debit back",
    happens: async (people) => people.platform.stripe.dispute({ charge: await chargeOf(people, people.by_bank) }),
  },
  {
    name: "a debit is submitted, and another fails",
    async happens({ platform: { stripe, call } }) {
      for (const fails of [false, true]) {
        const { body } = await call<{ session_id: string }>("POST", "/api/donations/checkout", {
          body: { amount_cents: 3300, donor_name: "Kim", donor_email: "debit@example.org" },
        });
        await stripe.pay(body.session_id, { later: true });
        if (fails) await stripe.settle(body.session_id, false);
      }
    },
  },
];
