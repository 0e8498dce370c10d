import Stripe from "stripe";
import { expect } from "vitest";
import type { MoneyPlatform } from "./money-platform.ts";
import type { Books } from "./payer-rows.ts";

/** What is paid for: dues that renew automatically, a term paid once, or a donation. */
export type Purpose = "dues" | "term" | "donation";

/** What can happen at Stripe. Something that the current state does not allow changes nothing. */
export const HAPPENINGS = [
  "renew",
  "fail",
  "retry",
  "recover",
  "cancel_at_end",
  "keep",
  "cancel_now",
  "cancel_later",
  "pause",
  "resume",
  "fail_and_rest",
  "rest",
  "rise",
  "pay_open",
  "pay_after_end",
  "new_card",
  "card_in_portal",
  "refund_part",
  "refund_rest",
  "refund_later",
  "refund_settles",
  "refund_fails",
  "inquire",
  "withdraw",
  "dispute",
  "win",
  "lose",
  "change_price",
  "add_item",
  "own_metadata",
  "pay_outside",
  "appeal",
  "forget_customer",
  "rejoin",
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** By card, or from a bank account, where the money arrives days later or not at all. */
export type Means = "card" | "bank" | "refused";

export interface Life {
  purpose: Purpose;
  means: Means;
  /** After the first payment. */
  happenings: Happening[];
}

/** A person who pays at Stripe and whose events reach us only when a test says so. Needs a platform of its own. */
export class Payer {
  readonly #platform: MoneyPlatform;
  readonly #purpose: Purpose;
  readonly #member: { id: string; email: string; token: string };
  #session_id = "";
  /** Their Stripe customers, newest last. Empty if a donation created no customer. */
  readonly #customers: string[] = [];
  #subscription: string | null = null;
  /** All their Stripe events, oldest first. */
  readonly news: { id: string; type: string }[] = [];
  /** The events we have not received. */
  readonly waiting: { id: string; type: string }[] = [];

  private constructor(platform: MoneyPlatform, purpose: Purpose, member: { id: string; email: string; token: string }) {
    this.#platform = platform;
    this.#purpose = purpose;
    this.#member = member;
  }

  /** Creates a payer with an open checkout. */
  static async start(platform: MoneyPlatform, purpose: Purpose): Promise<Payer> {
    const payer = new Payer(platform, purpose, await platform.person());
    await payer.#open();
    return payer;
  }

  async #open(): Promise<void> {
    const { call, plans } = this.#platform;
    const { token } = this.#member;
    const [path, body] =
      this.#purpose === "donation"
        ? ["/api/donations/checkout", { amount_cents: 2500 }]
        : ["/api/checkout/subscription", { plan_id: plans[this.#purpose], donation_cents: 500 }];
    const answer = await call<{ session_id: string }>("POST", path, { token, body });
    if (answer.status !== 200) throw new Error(`The checkout responded with ${answer.status}: ${answer.text}`);
    this.#session_id = answer.body.session_id;
  }

  /** Pays the checkout, or tries to. */
  async pay(means: Means): Promise<void> {
    const { stripe, stripeApi } = this.#platform;
    const later = means !== "card";
    await stripe.pay(this.#session_id, { email: this.#member.email, ...(later && { later }) });
    if (later) await stripe.settle(this.#session_id, means === "bank");
    const { customer, subscription } = await stripeApi.checkout.sessions.retrieve(this.#session_id);
    if (typeof customer === "string" && this.#customer !== customer) this.#customers.push(customer);
    this.#subscription = typeof subscription === "string" ? subscription : null;
    await this.#listen();
  }

  get #customer(): string {
    return this.#customers.at(-1) ?? "";
  }

  /** Makes something happen at Stripe, if it can happen now. */
  async live(happening: Happening): Promise<void> {
    try {
      await this.#happen(happening);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError) && !isRefused(error)) throw error;
    }
    await this.#listen();
  }

  async #happen(happening: Happening): Promise<void> {
    const { stripe, stripeApi } = this.#platform;
    const customer = this.#customer;
    const subscription = this.#subscription;
    const update = (change: Stripe.SubscriptionUpdateParams) =>
      subscription && stripeApi.subscriptions.update(subscription, change);
    switch (happening) {
      case "renew":
        if (subscription) await stripe.decline({ customer }, false);
        return this.#advance(32);
      case "fail":
        if (subscription) await stripe.decline({ customer }, true);
        return this.#advance(32);
      case "retry":
        return this.#advance(6);
      case "recover":
        if (subscription) await stripe.decline({ customer }, false);
        return this.#advance(8);
      case "cancel_at_end":
        return void (await update({ cancel_at_period_end: true }));
      case "keep":
        return void (await update({ cancel_at_period_end: false }));
      case "cancel_now":
        return void (subscription && (await stripeApi.subscriptions.cancel(subscription)));
      case "pause":
        return void (await update({ pause_collection: { behavior: "void" } }));
      case "resume":
        return void (await update({ pause_collection: "" }));
      case "cancel_later": {
        if (!subscription) return;
        const { items } = await stripeApi.subscriptions.retrieve(subscription);
        return void (await update({ cancel_at: (items.data[0]?.current_period_end ?? 0) + 40 * 86_400 }));
      }
      case "fail_and_rest":
        if (!subscription) return;
        await stripe.paymentFailures("pause_first", subscription);
        await stripe.decline({ customer }, true);
        return this.#advance(32);
      case "rest":
        return void (subscription && (await this.#atStripe()) === "active" && (await stripe.pause(subscription)));
      case "rise":
        return void (
          subscription &&
          (await stripeApi.subscriptions.resume(subscription, {
            billing_cycle_anchor: { type: "unchanged" },
            proration_behavior: "none",
          }))
        );
      case "pay_open":
      case "pay_after_end": {
        // What we hear of an end voids what is open. Both are one thing that happens, before we hear of either.
        if (!subscription || (await this.#atStripe()) === "canceled") return;
        const [open] = (await stripeApi.invoices.list({ subscription, status: "open" })).data;
        if (!open?.id) return;
        if (happening === "pay_after_end") {
          await stripeApi.subscriptions.cancel(subscription);
          await this.#advance(1);
        }
        return void (await stripe.payInvoice(open.id));
      }
      case "new_card":
        return void (customer && (await stripe.updateCard(customer, { exp_month: 12, exp_year: 2031, last4: "0005" })));
      case "card_in_portal": {
        if (!subscription || (await this.#atStripe()) === "canceled") return;
        const { url } = await stripeApi.billingPortal.sessions.create({ customer });
        await fetch(`${url}/card`, {
          method: "POST",
          body: new URLSearchParams({ card: "accepted" }),
          redirect: "manual",
        });
        // Which of the two is charged depends on what we have heard. So both work.
        await stripe.decline({ customer }, false);
        // Stripe's times are seconds. Another checkout comes later.
        return this.#advance(1);
      }
      case "refund_part":
        return this.#refund(300);
      case "refund_rest":
        return this.#refund();
      case "refund_later":
        return this.#refund(200, true);
      case "refund_settles":
      case "refund_fails": {
        const refund = (await this.#refunds(await this.#charges())).find(({ status }) => status === "pending");
        if (!refund) return;
        return void (await (happening === "refund_settles"
          ? stripe.settleRefund(refund.id)
          : stripe.failRefund(refund.id)));
      }
      case "inquire":
      case "dispute": {
        const charge = await this.#lastCharge();
        return void (charge && (await stripe.dispute({ charge: charge.id, inquiry: happening === "inquire" })));
      }
      case "withdraw": {
        const inquiry = await this.#disputeThatIs("warning_needs_response");
        return void (inquiry && (await stripe.closeDispute(inquiry.id, "warning_closed")));
      }
      case "win":
      case "lose": {
        const dispute = await this.#disputeThatIs("needs_response", "appeal_needs_response");
        return void (dispute && (await stripe.closeDispute(dispute.id, happening === "win" ? "won" : "lost")));
      }
      case "change_price":
      case "add_item":
        return this.#changeItems(happening === "add_item");
      case "own_metadata": {
        // Only a row that names the subscription can still find it, so we must have heard of it.
        while (this.waiting.length > 0) await this.hearOneOf({ which: 7, twice: false });
        return void (await update({
          metadata: { subscription_id: "", plan_id: "", billing_cycle: "", member_number: "42" },
        }));
      }
      case "pay_outside": {
        const invoice = await this.#openInvoice();
        return void (invoice?.id && (await stripeApi.invoices.pay(invoice.id, { paid_out_of_band: true })));
      }
      case "appeal": {
        const dispute = await this.#disputeThatIs("lost");
        return void (dispute && (await stripe.appealDispute(dispute.id)));
      }
      case "forget_customer":
        return void (customer && (await stripeApi.customers.del(customer)));
      case "rejoin": {
        if (!subscription || (await this.#atStripe()) !== "canceled" || (await this.#paidAfterEnd())) return;
        // Someone can choose a plan again only after hearing that the previous one ended.
        while (this.waiting.length > 0) await this.hearOneOf({ which: 7, twice: false });
        await this.#open();
        return this.pay("card");
      }
    }
  }

  async #atStripe(): Promise<Stripe.Subscription.Status | undefined> {
    const subscription = this.#subscription;
    return subscription ? (await this.#platform.stripeApi.subscriptions.retrieve(subscription)).status : undefined;
  }

  /** Whether dues came in after the end: then they are a member for another term. */
  async #paidAfterEnd(): Promise<boolean> {
    const { stripeApi } = this.#platform;
    const { ended_at } = await stripeApi.subscriptions.retrieve(this.#subscription ?? "");
    const { data } = await stripeApi.invoices.list({ subscription: this.#subscription ?? "", status: "paid" });
    return data.some(({ status_transitions }) => (status_transitions.paid_at ?? 0) > (ended_at ?? 0));
  }

  async #advance(days: number): Promise<void> {
    await this.#platform.stripe.advance(days, this.#customer || this.#session_id);
  }

  async #refund(amount?: number, later = false): Promise<void> {
    const { stripe, stripeApi } = this.#platform;
    const charge = await this.#lastCharge();
    if (!charge) return;
    await stripe.refundMode(later ? "pending" : "succeed", charge.id);
    await stripeApi.refunds.create({ charge: charge.id, ...(amount && { amount }) });
  }

  /** Their paid charges, newest first. */
  async #charges(): Promise<Stripe.Charge[]> {
    const { stripeApi } = this.#platform;
    const { payment_intent } = await stripeApi.checkout.sessions.retrieve(this.#session_id);
    const owners: Stripe.ChargeListParams[] =
      this.#customers.length > 0
        ? this.#customers.toReversed().map((customer) => ({ customer }))
        : typeof payment_intent === "string"
          ? [{ payment_intent }]
          : [];
    const found = await Promise.all(owners.map((owner) => stripeApi.charges.list({ ...owner, limit: 100 })));
    return found.flatMap(({ data }) => data).filter(({ status }) => status === "succeeded");
  }

  #lastCharge = async () => (await this.#charges())[0];

  async #refunds(charges: Stripe.Charge[]): Promise<Stripe.Refund[]> {
    const { refunds } = this.#platform.stripeApi;
    const found = await Promise.all(charges.map(({ id: charge }) => refunds.list({ charge, limit: 100 })));
    return found.flatMap(({ data }) => data);
  }

  async #disputes(charges: Stripe.Charge[]): Promise<Stripe.Dispute[]> {
    const { disputes } = this.#platform.stripeApi;
    const found = await Promise.all(charges.map(({ id: charge }) => disputes.list({ charge, limit: 100 })));
    return found.flatMap(({ data }) => data);
  }

  async #disputeThatIs(...statuses: Stripe.Dispute.Status[]): Promise<Stripe.Dispute | undefined> {
    return (await this.#disputes(await this.#charges())).find(({ status }) => statuses.includes(status));
  }

  /** What a treasurer does in the dashboard: the dues get another price, or something is billed with them. */
  async #changeItems(add: boolean): Promise<void> {
    const { stripeApi } = this.#platform;
    if (!this.#subscription) return;
    const { items, status } = await stripeApi.subscriptions.retrieve(this.#subscription);
    if (status === "canceled") return;
    const { id: product } = await stripeApi.products.create({ name: "Chosen in the dashboard" });
    const recurring = { interval: "month" as const };
    const price_data = { currency: "usd", product, recurring, unit_amount: add ? 300 : 2700 };
    const [dues] = items.data;
    await stripeApi.subscriptions.update(this.#subscription, {
      items: [{ ...(!add && dues && { id: dues.id }), price_data }],
      proration_behavior: "none",
    });
  }

  /** Their open invoice, while the subscription runs. */
  async #openInvoice(): Promise<Stripe.Invoice | undefined> {
    const { subscriptions, invoices } = this.#platform.stripeApi;
    const subscription = this.#subscription;
    if (!subscription || (await subscriptions.retrieve(subscription)).status === "canceled") return;
    return (await invoices.list({ subscription, status: "open" })).data[0];
  }

  /** What invoices say was paid outside of Stripe. */
  async #outside(): Promise<number> {
    const { invoices } = this.#platform.stripeApi;
    const listed = await Promise.all(
      this.#customers.map((customer) =>
        invoices.list({ customer, status: "paid", limit: 100, expand: ["data.payments"] }),
      ),
    );
    const outside = listed.flatMap(({ data }) =>
      data.filter(({ payments }) => !payments?.data.some(({ status }) => status === "paid")),
    );
    return outside.reduce((cents, { amount_paid }) => cents + amount_paid, 0);
  }

  /** The amount still paid according to Stripe, in cents, before fees, with what was paid outside of it. */
  async balance(): Promise<number> {
    const charges = await this.#charges();
    const [refunds, disputes, outside] = await Promise.all([
      this.#refunds(charges),
      this.#disputes(charges),
      this.#outside(),
    ]);
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    return (
      outside +
      sum(charges.map(({ amount_captured }) => amount_captured)) -
      sum(refunds.filter(({ status }) => status === "succeeded").map(({ amount }) => amount)) +
      sum(disputes.flatMap(({ balance_transactions }) => balance_transactions.map(({ amount }) => amount)))
    );
  }

  /** Collects new events. Nothing else may happen at Stripe while this payer acts. */
  async #listen(): Promise<void> {
    const news = await this.#platform.news();
    this.news.push(...news);
    this.waiting.push(...news);
  }

  /** Delivers an event once, or twice at the same moment. */
  async hear(event_id: string, twice = false): Promise<void> {
    const { stripe } = this.#platform;
    const times = twice ? [1, 2] : [1];
    const answers = (await Promise.all(times.map(() => stripe.deliver([event_id])))).flat();
    expect(answers.map(({ status }) => status)).toEqual(times.map(() => 200));
  }

  /** Delivers one of the waiting events, if there are any. */
  async hearOneOf({ which, twice }: { which: number; twice: boolean }): Promise<void> {
    const [event] = this.waiting.length > 0 ? this.waiting.splice(which % this.waiting.length, 1) : [];
    if (event) await this.hear(event.id, twice);
  }

  /** Delivers all waiting events in order, then the events that our own reactions caused at Stripe. */
  async hearAll(): Promise<void> {
    while (this.waiting.length > 0) {
      while (this.waiting.length > 0) await this.hearOneOf({ which: 0, twice: false });
      await this.#listen();
    }
  }

  books(): Promise<Books> {
    return this.#platform.rows.books(this.#member.id);
  }

  /** Events of theirs that we received but could not process. */
  parked(): Promise<string[]> {
    return this.#platform.rows.parked(this.news.map(({ id }) => id));
  }

  /** Saves what we know of them and which events have reached us. Returns a function that restores it. */
  remember(): Promise<() => Promise<void>> {
    return this.#platform.rows.remember(
      this.#member.id,
      this.waiting.map(({ id }) => id),
    );
  }
}

const isRefused = (error: unknown) => error instanceof Error && / answered 4\d\d: /.test(error.message);

/** A payer with this history, whose events arrive at once and in order. */
export async function heardInOrder(platform: MoneyPlatform, { purpose, means, happenings }: Life): Promise<Payer> {
  const payer = await Payer.start(platform, purpose);
  await payer.pay(means);
  await payer.hearAll();
  for (const happening of happenings) {
    await payer.live(happening);
    await payer.hearAll();
  }
  return payer;
}
