import * as fc from "fast-check";
import Stripe from "stripe";
import { expect } from "vitest";
import { EVENT_TYPES } from "../../src/payments/apply-event.ts";
import type { ownPlatform } from "./own-platform.ts";

export type Platform = Awaited<ReturnType<typeof ownPlatform>>;

/** What is paid for: dues that renew themselves, a term that is paid once, or a donation. */
const PURPOSES = ["dues", "term", "donation"] as const;
type Purpose = (typeof PURPOSES)[number];

/** What can happen at Stripe, and how often it does in a random history. What a state does not allow changes nothing. */
const WEIGHTS = {
  renew: 6,
  fail: 4,
  retry: 2,
  recover: 4,
  cancel_at_end: 2,
  keep: 2,
  cancel_now: 1,
  pause: 1,
  resume: 2,
  new_card: 1,
  refund_part: 3,
  refund_rest: 1,
  refund_later: 2,
  refund_settles: 2,
  refund_fails: 1,
  dispute: 2,
  win: 1,
  lose: 1,
  forget_customer: 1,
  rejoin: 3,
} as const;
export type Happening = keyof typeof WEIGHTS;

/** Something happens, and then some of the events that wait are delivered; `which` of them, as far as they are there. */
interface Step {
  happening: Happening;
  heard: { which: number; twice: boolean }[];
}

export interface History {
  purpose: Purpose;
  /** By bank account: the money is there some days later. */
  later: boolean;
  steps: Step[];
  /** The order in which what still waits comes in the end. */
  order: number[];
  /** Of what still waits then, each so-manieth is never delivered; 0: all of it is. */
  lost: number;
}

const HAPPENINGS = Object.keys(WEIGHTS).filter((key): key is Happening => key in WEIGHTS);

/** Random histories, of up to so many happenings after the first payment. */
export const histories = (maxLength: number): fc.Arbitrary<History> =>
  fc.record({
    purpose: fc.oneof(
      { weight: 6, arbitrary: fc.constant("dues" as const) },
      { weight: 1, arbitrary: fc.constant("term" as const) },
      { weight: 1, arbitrary: fc.constant("donation" as const) },
    ),
    later: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    steps: fc.array(
      fc.record({
        happening: fc.oneof(...HAPPENINGS.map((each) => ({ weight: WEIGHTS[each], arbitrary: fc.constant(each) }))),
        heard: fc.array(fc.record({ which: fc.nat({ max: 30 }), twice: fc.boolean() }), { maxLength: 3 }),
      }),
      { minLength: 3, maxLength },
    ),
    order: fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 40 }),
    lost: fc.constantFrom(0, 0, 1, 2, 3),
  });

const CARED_FOR = new Set<string>(EVENT_TYPES);

/** Somebody who pays at Stripe, and of whom we hear what a test lets us hear. Works through a platform of its own alone. */
export class Payer {
  readonly #platform: Platform;
  readonly #purpose: Purpose;
  readonly #member: { id: string; email: string; token: string };
  #session_id = "";
  /** Who they were at Stripe, the last one last; nobody, where a donation made no customer. */
  readonly #customers: string[] = [];
  #subscription: string | null = null;
  /** The last event that we know to be there. */
  #last: string | undefined;
  /** What Stripe would tell us and has not, oldest first. */
  readonly waiting: { id: string; type: string }[] = [];

  private constructor(platform: Platform, purpose: Purpose, member: { id: string; email: string; token: string }) {
    this.#platform = platform;
    this.#purpose = purpose;
    this.#member = member;
  }

  /** Somebody whose checkout is open. */
  static async start(platform: Platform, purpose: Purpose): Promise<Payer> {
    const payer = new Payer(platform, purpose, await platform.person());
    payer.#last = (await platform.stripeApi.events.list({ limit: 1 })).data[0]?.id;
    await payer.#open();
    return payer;
  }

  async #open(): Promise<void> {
    const { token } = this.#member;
    const [path, body] =
      this.#purpose === "donation"
        ? ["/api/donations/checkout", { amount_cents: 2500 }]
        : ["/api/checkout/subscription", { plan_id: await this.#plan(), donation_cents: 500 }];
    const answer = await this.#platform.call<{ session_id: string }>("POST", path, { token, body });
    if (answer.status !== 200) throw new Error(`The checkout was answered ${answer.status}: ${answer.text}`);
    this.#session_id = answer.body.session_id;
  }

  #plan = () =>
    this.#platform.plan({
      price_cents: 2000,
      ...(this.#purpose === "dues"
        ? { billing_cycle: "monthly" }
        : { billing_cycle: "custom", term_end_month: 6, term_end_day: 30 }),
    });

  /** Pays what the checkout asks for; `later`, by bank account. */
  async pay(later: boolean): Promise<void> {
    const { stripe, stripeApi } = this.#platform;
    await stripe.pay(this.#session_id, { email: this.#member.email, ...(later && { later }) });
    if (later) await stripe.settle(this.#session_id, true);
    const { customer, subscription } = await stripeApi.checkout.sessions.retrieve(this.#session_id);
    if (typeof customer === "string" && this.#customer !== customer) this.#customers.push(customer);
    this.#subscription = typeof subscription === "string" ? subscription : null;
    await this.#listen();
  }

  get #customer(): string {
    return this.#customers.at(-1) ?? "";
  }

  /** Lets something happen at Stripe; what cannot happen now does not. */
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
      case "new_card":
        return void (customer && (await stripe.updateCard(customer, { exp_month: 12, exp_year: 2031, last4: "0005" })));
      case "refund_part":
        return this.#refund(300);
      case "refund_rest":
        return this.#refund();
      case "refund_later":
        return this.#refund(200, true);
      case "refund_settles":
      case "refund_fails": {
        const refund = (await this.#refunds()).find(({ status }) => status === "pending");
        if (!refund) return;
        return void (await (happening === "refund_settles"
          ? stripe.settleRefund(refund.id)
          : stripe.failRefund(refund.id)));
      }
      case "dispute": {
        const charge = await this.#lastCharge();
        return void (charge && (await stripe.dispute({ charge: charge.id })));
      }
      case "win":
      case "lose": {
        const dispute = (await this.#disputes()).find(({ status }) => status === "needs_response");
        return void (dispute && (await stripe.closeDispute(dispute.id, happening === "win" ? "won" : "lost")));
      }
      case "forget_customer":
        return void (customer && (await stripeApi.customers.del(customer)));
      case "rejoin": {
        if (!subscription || (await stripeApi.subscriptions.retrieve(subscription)).status !== "canceled") return;
        // Whoever chooses a plan again has been told that the one before ended.
        while (this.waiting.length > 0) await this.hearOneOf({ which: 7, twice: false });
        await this.#open();
        return this.pay(false);
      }
    }
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

  /** What was paid, the newest first. */
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

  async #refunds(): Promise<Stripe.Refund[]> {
    const found = await Promise.all(
      (await this.#charges()).map(({ id }) => this.#platform.stripeApi.refunds.list({ charge: id, limit: 100 })),
    );
    return found.flatMap(({ data }) => data);
  }

  async #disputes(): Promise<Stripe.Dispute[]> {
    const found = await Promise.all(
      (await this.#charges()).map(({ id }) => this.#platform.stripeApi.disputes.list({ charge: id, limit: 100 })),
    );
    return found.flatMap(({ data }) => data);
  }

  /** What Stripe says is left of what was paid, in cents and without its fees. */
  async balance(): Promise<number> {
    const [charges, refunds, disputes] = await Promise.all([this.#charges(), this.#refunds(), this.#disputes()]);
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    return (
      sum(charges.map(({ amount_captured }) => amount_captured)) -
      sum(refunds.filter(({ status }) => status === "succeeded").map(({ amount }) => amount)) +
      sum(disputes.flatMap(({ balance_transactions }) => balance_transactions.map(({ amount }) => amount)))
    );
  }

  /** Finds what Stripe would tell us since it was last looked. Nobody else may do anything there meanwhile. */
  async #listen(): Promise<void> {
    const news = await this.#platform.stripe.deliveries("", this.#last);
    for (const { event_id, type } of news) if (CARED_FOR.has(type)) this.waiting.push({ id: event_id, type });
    this.#last = news.at(-1)?.event_id ?? this.#last;
  }

  /** Lets us hear an event, once or twice at the same moment. */
  async hear(event_id: string, twice = false): Promise<void> {
    const { stripe } = this.#platform;
    const answers = (
      await Promise.all([stripe.deliver([event_id]), ...(twice ? [stripe.deliver([event_id])] : [])])
    ).flat();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  }

  /** Lets us hear the one among those that wait, if there are any. */
  async hearOneOf({ which, twice }: { which: number; twice: boolean }): Promise<void> {
    const [event] = this.waiting.length > 0 ? this.waiting.splice(which % this.waiting.length, 1) : [];
    if (event) await this.hear(event.id, twice);
  }

  /**
   * What our rows say, with the hours since the first payment in place of instants: what two payers to whom the same
   * happened have in common, whatever order we heard it in.
   */
  async standing(): Promise<object> {
    const { sql } = this.#platform;
    const since = "(select min(paid_at) from payments where user_id = $1)";
    const hours = (instant: string) => `round(extract(epoch from ${instant} - ${since}) / 3600)::int`;
    const [row] = await sql<{ standing: object }>(
      `select jsonb_build_object(
        'person', (select jsonb_build_object('status', status, 'customer', stripe_customer_id is not null) from users where id = $1),
        'subscriptions', (select jsonb_agg(jsonb_build_object('status', status, 'cycle', billing_cycle,
            'dues', base_subscription_cents, 'donation', donation_cents, 'starts', ${hours("current_term_start")},
            'ends', ${hours("current_term_end")}, 'grace', ${hours("grace_ends_at")}, 'paused', paused_at is not null,
            'resumes', ${hours("resumes_at")}, 'at_end', cancel_at_period_end, 'cancelled', ${hours("cancelled_at")},
            'card', array[card_brand, card_last4, card_exp_month::text, card_exp_year::text],
            'stripe', stripe_subscription_id is not null) order by created_at) from subscriptions where user_id = $1),
        'donations', (select jsonb_agg(jsonb_build_object('status', status, 'amount', amount_cents,
            'completed', ${hours("completed_at")})) from donations where user_id = $1),
        'payments', (select jsonb_agg(jsonb_build_object('at', ${hours("paid_at")}, 'dues', base_subscription_cents,
            'donation', donation_cents, 'from', ${hours("term_start")}, 'until', ${hours("term_end")},
            'method', payment_method) order by paid_at) from payments where user_id = $1),
        'reversals', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('kind', r.kind, 'status', r.status,
            'amount', amount_cents, 'at', ${hours("occurred_at")}, 'back', ${hours("returned_at")}) as each
            from reversals r join payments p on p.id = r.payment_id where p.user_id = $1) as each),
        'movements', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('kind', kind,
            'at', ${hours("occurred_at")}, 'cents', sum(base_subscription_cents + donation_cents)) as each
            from ledger where user_id = $1 group by kind, ${hours("occurred_at")}) as each),
        'parts', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('at', ${hours("occurred_at")},
            'dues', sum(base_subscription_cents), 'donation', sum(donation_cents)) as each
            from ledger where user_id = $1 group by ${hours("occurred_at")}) as each)
      ) as standing`,
      [this.#member.id],
    );
    return row?.standing ?? {};
  }

  /** What our ledger adds up to, in cents. */
  async cents(): Promise<number> {
    const [row] = await this.#platform.sql<{ cents: number }>(
      "select coalesce(sum(base_subscription_cents + donation_cents), 0)::int as cents from ledger where user_id = $1",
      [this.#member.id],
    );
    return row?.cents ?? 0;
  }

  /** How many mails about money were written, of each kind; thanks and receipts are those of payments. */
  async mails(): Promise<Record<string, number>> {
    const rows = await this.#platform.sql<{ kind: string; count: number }>(
      `select case when template in ('thank_you', 'payment_receipt') then 'payment' else template end as kind, count(*)::int as count
       from emails where user_id = $1 and template in ('thank_you', 'payment_receipt', 'donation_receipt', 'refund_notice')
       group by 1`,
      [this.#member.id],
    );
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  }

  /** Every row of ours as it is, to go back to. */
  async remember(): Promise<() => Promise<void>> {
    const { sql } = this.#platform;
    const TABLES = ["subscriptions", "donations", "payments", "reversals", "emails"] as const;
    const WHOSE = {
      subscriptions: "user_id = $1",
      donations: "user_id = $1",
      payments: "user_id = $1",
      reversals: "payment_id in (select id from payments where user_id = $1)",
      emails: "user_id = $1",
    } as const;
    const [person] = await sql("select status, stripe_customer_id from users where id = $1", [this.#member.id]);
    const rows = new Map<string, string>();
    for (const table of TABLES) {
      const [found] = await sql<{ rows: string | null }>(
        `select jsonb_agg(to_jsonb(t))::text as rows from ${table} t where ${WHOSE[table]}`,
        [this.#member.id],
      );
      rows.set(table, found?.rows ?? "[]");
    }
    return async () => {
      await sql("delete from stripe_events where id = any($1)", [this.waiting.map(({ id }) => id)]);
      for (const table of [...TABLES].reverse())
        await sql(`delete from ${table} where ${WHOSE[table]}`, [this.#member.id]);
      await sql("update users set status = $2, stripe_customer_id = $3 where id = $1", [
        this.#member.id,
        person?.status,
        person?.stripe_customer_id,
      ]);
      for (const table of TABLES)
        if (rows.get(table) !== "[]")
          await sql(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
            rows.get(table),
          ]);
    };
  }
}

const isRefused = (error: unknown) => error instanceof Error && / answered 4\d\d: /.test(error.message);

/** The same happens to somebody of whom we hear everything at once and in order. */
async function inOrder(platform: Platform, { purpose, later, steps }: History): Promise<Payer> {
  const payer = await Payer.start(platform, purpose);
  const hearAll = async () => {
    while (payer.waiting.length > 0) await payer.hearOneOf({ which: 0, twice: false });
  };
  await payer.pay(later);
  await hearAll();
  for (const { happening } of steps) {
    await payer.live(happening);
    await hearAll();
  }
  return payer;
}

/** And to somebody of whom we hear some of it, late, in another order, and twice. Returns what we never heard. */
async function inDisorder(
  platform: Platform,
  { purpose, later, steps, order, lost }: History,
): Promise<{ payer: Payer; never: string[] }> {
  const payer = await Payer.start(platform, purpose);
  await payer.pay(later);
  for (const { happening, heard } of steps) {
    await payer.live(happening);
    for (const each of heard) await payer.hearOneOf(each);
  }
  const never = lost === 0 ? [] : payer.waiting.filter((_, index) => index % lost === 0);
  for (const event of never) payer.waiting.splice(payer.waiting.indexOf(event), 1);
  for (const which of order) await payer.hearOneOf({ which, twice: which % 5 === 0 });
  while (payer.waiting.length > 0) await payer.hearOneOf({ which: 0, twice: false });
  return { payer, never: never.map(({ id }) => id) };
}

async function expectAgreement(payer: Payer, standing: object, mails: object): Promise<void> {
  expect(await payer.standing()).toEqual(standing);
  expect(await payer.cents()).toBe(await payer.balance());
  expect(await payer.mails()).toEqual(mails);
}

/**
 * Lets histories happen twice each, once heard in order and once not, reconciles, and expects the same rows, the same sums,
 * what Stripe says is left, and each mail once. Then what was lost comes after all, and changes nothing.
 */
export async function checkHistories(platform: Platform, all: History[]): Promise<void> {
  const pairs: { history: History; ordered: Payer; payer: Payer; never: string[] }[] = [];
  for (const history of all) {
    const ordered = await inOrder(platform, history);
    pairs.push({ history, ordered, ...(await inDisorder(platform, history)) });
  }
  await reconcile(platform);
  for (const { history, ordered, payer, never } of pairs) {
    try {
      const [standing, mails] = [await ordered.standing(), await ordered.mails()];
      await expectAgreement(ordered, standing, mails);
      await expectAgreement(payer, standing, mails);
      for (const event_id of never) await payer.hear(event_id);
      await expectAgreement(payer, standing, mails);
    } catch (error) {
      throw new Error(`This history does not converge: ${JSON.stringify(history)}`, { cause: error });
    }
  }
}

/** Runs the hourly job until it is through. */
async function reconcile(platform: Platform): Promise<void> {
  for (;;) {
    await platform.fire("17 * * * *");
    const run = await platform.lastRun("reconcile");
    expect(run).toMatchObject({ outcome: "succeeded", report: { concerns: [] } });
    if (run?.report.next === null) return;
  }
}

/** Every order of some things. */
function* permutations<T>(things: readonly T[]): Generator<T[]> {
  if (things.length === 0) yield [];
  for (const [index, first] of things.entries())
    for (const rest of permutations(things.toSpliced(index, 1))) yield [first, ...rest];
}

export interface Story {
  purpose: Purpose;
  later?: boolean;
  happenings: Happening[];
  /** The events whose order is changed, the last of each type; the others never come. */
  types: (typeof EVENT_TYPES)[number][];
}

/** So many payers live through a story, and hear of it in other orders each, at the same time. */
const AT_A_TIME = 4;

/**
 * Lets a story happen, and us hear of it in every order: after the first event already, and after all of them, one twice,
 * our rows are those of the same story heard in order as it happened. Returns the number of orders.
 */
export async function checkOrders(platform: Platform, story: Story): Promise<number> {
  const { purpose, later = false, happenings, types } = story;
  const steps = happenings.map((happening) => ({ happening, heard: [] }));
  const ordered = await inOrder(platform, { purpose, later, steps, order: [], lost: 0 });
  const [standing, mails] = [await ordered.standing(), await ordered.mails()];
  const orders = permutations(types);
  let count = 0;

  const hearInOrders = async ({ payer, restore }: Awaited<ReturnType<typeof unheard>>) => {
    for (const order of orders) {
      const twice = count++ % order.length;
      try {
        for (const [index, type] of order.entries()) {
          await payer.hear(lastOf(payer, type), index === twice);
          if (index === 0) expect(await payer.standing()).toEqual(standing);
        }
        await expectAgreement(payer, standing, mails);
      } catch (error) {
        throw new Error(`Heard in this order it does not converge: ${order}`, { cause: error });
      }
      await restore();
    }
  };
  const payers: Awaited<ReturnType<typeof unheard>>[] = [];
  while (payers.length < AT_A_TIME) payers.push(await unheard(platform, story));
  await Promise.all(payers.map(hearInOrders));
  return count;
}

/** Somebody who lived through a story of which we heard nothing, and the way back to where they started. */
async function unheard(platform: Platform, { purpose, later = false, happenings }: Story) {
  const payer = await Payer.start(platform, purpose);
  const restore = await payer.remember();
  await payer.pay(later);
  for (const happening of happenings) await payer.live(happening);
  return { payer, restore };
}

function lastOf({ waiting }: Payer, type: string): string {
  const event = waiting.findLast((each) => each.type === type);
  if (!event) throw new Error(`There is no ${type} among ${waiting.map((each) => each.type)}`);
  return event.id;
}
