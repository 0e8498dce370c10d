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
  /** Stripe pauses their subscription. */
  failing: Payer;
  /** Pauses their own. */
  resting: Payer;
  /** Whose subscription a volunteer changes here. */
  asking: Payer;
  /** Leaves in a later period. */
  leaving: Payer;
  /** Pays what was left open, while the term that it is for runs, and after it. */
  late: Payer;
  too_late: Payer;
  /** Disputes the dues. */
  disputing: Payer;
  volunteer: { id: string; token: string };
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

/** A renewal for which the card is declined. Returns the invoice, which is open. */
async function failsToRenew({ platform: { stripe, stripeApi } }: People, { stripe_subscription_id }: Payer) {
  await stripe.decline({ subscription: stripe_subscription_id }, true);
  await stripe.advance(MONTH, stripe_subscription_id);
  const [open] = (await stripeApi.invoices.list({ subscription: stripe_subscription_id, status: "open" })).data;
  if (!open?.id) throw new Error("The renewal did not fail");
  return open.id;
}

/** The subscription ends, and days later somebody pays what it left open, on the invoice's page. We hear of both after that. */
async function paysAfterTheEnd(people: People, payer: Payer, days: number) {
  const { stripe, stripeApi } = people.platform;
  const invoice = await failsToRenew(people, payer);
  await stripeApi.subscriptions.cancel(payer.stripe_subscription_id);
  await stripe.advance(days, payer.stripe_subscription_id);
  await stripe.payInvoice(invoice);
}

/** A volunteer changes the subscription of whoever asked for it. After an answer of 200, it has changed here and at Stripe. */
async function isAskedTo({ platform, asking, volunteer: { token } }: People, verb: string, body: object) {
  const [row] = await platform.sql<{ id: string }>("select id from subscriptions where stripe_subscription_id = $1", [
    asking.stripe_subscription_id,
  ]);
  const answer = await platform.call("POST", `/api/admin/subscriptions/${row?.id}/${verb}`, { token, body });
  if (answer.status !== 200) throw new Error(`${verb} responded with ${answer.status}: ${answer.text}`);
  const there = await platform.stripeApi.subscriptions.retrieve(asking.stripe_subscription_id);
  return { here: answer.body.status, there };
}

/** Changes at Stripe, each once. What comes later may build on what came before. */
export const STEPS: Step[] = [
  {
    name: "a renewal fails, and Stripe pauses the subscription",
    async happens(people) {
      await people.platform.stripe.paymentFailures("pause_first", people.failing.stripe_subscription_id);
      await failsToRenew(people, people.failing);
    },
  },
  {
    name: "a member pauses the subscription in the portal",
    happens: ({ platform: { stripe }, resting }) => stripe.pause(resting.stripe_subscription_id),
  },
  {
    name: "a volunteer pauses a subscription, and the dues of a month are waived",
    async happens(people) {
      const { here, there } = await isAskedTo(people, "pause", {});
      if (here !== "paused" || !there.pause_collection) throw new Error("It was not paused");
      await people.platform.stripe.advance(MONTH, people.asking.stripe_subscription_id);
    },
  },
  {
    name: "a volunteer resumes it",
    async happens(people) {
      const { here, there } = await isAskedTo(people, "resume", {});
      if (here !== "active" || there.pause_collection) throw new Error("It was not resumed");
    },
  },
  {
    name: "a renewal fails, a volunteer cancels the subscription, and nobody can pay what it left open",
    async happens(people) {
      const { invoices } = people.platform.stripeApi;
      const open = await failsToRenew(people, people.asking);
      const { here, there } = await isAskedTo(people, "cancel", { at_period_end: false });
      const { status } = await invoices.retrieve(open);
      if (here !== "cancelled" || there.status !== "canceled" || status !== "void")
        throw new Error("It was not canceled");
    },
  },
  {
    name: "a row is made for a subscription of the old system, and its dues are collected",
    async happens({ platform: { stripe, stripeApi, person, insert, plan } }) {
      const { id: user_id, email } = await person("active");
      const product_data = { name: "Dues" };
      const price_data = {
        currency: "usd",
        unit_amount: 4000,
        recurring: { interval: "month" as const },
        product_data,
      };
      const { id: session } = await stripeApi.checkout.sessions.create({
        mode: "subscription",
        line_items: [{ quantity: 1, price_data }],
        success_url: "https://example.org/",
      });
      await stripe.pay(session, { email });
      const { subscription } = await stripeApi.checkout.sessions.retrieve(session);
      const stripe_subscription_id = String(subscription);
      const [current_term_start, current_term_end] = [new Date(), new Date(Date.now() + 30 * 86_400_000)];
      await insert("subscriptions", {
        ...{ user_id, plan_id: await plan(), status: "active", current_term_start, current_term_end },
        ...{ billing_cycle: "monthly", base_subscription_cents: 4000, stripe_subscription_id },
      });
      await stripe.advance(MONTH, stripe_subscription_id);
    },
  },
  {
    name: "a subscription is to be canceled at a moment after its period",
    async happens({ platform: { stripeApi }, leaving: { stripe_subscription_id: id } }) {
      const { items } = await stripeApi.subscriptions.retrieve(id);
      const cancel_at = (items.data[0]?.current_period_end ?? 0) + 10 * 86_400;
      await stripeApi.subscriptions.update(id, { cancel_at });
    },
  },
  {
    name: "before that moment, dues are collected once more",
    happens: ({ platform: { stripe }, leaving }) => stripe.advance(MONTH, leaving.stripe_subscription_id),
  },
  {
    name: "dues are paid after the end, for a term that still runs",
    happens: (people) => paysAfterTheEnd(people, people.late, 1),
  },
  {
    name: "dues are paid after the end, for a term that is over",
    happens: (people) => paysAfterTheEnd(people, people.too_late, 60),
  },
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
    name: "dues are disputed, the dispute is lost, and somebody appeals",
    async happens(people) {
      const { stripe } = people.platform;
      const { dispute } = await stripe.dispute({ charge: await chargeOf(people, people.disputing) });
      await stripe.closeDispute(dispute, "lost");
      await stripe.appealDispute(dispute);
    },
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
