import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type Stripe from "stripe";
import * as z from "zod";
import {
  type Arrange,
  type MoneyPlatform,
  moneyPlatform,
  pay,
  type Scene,
  TIMEOUT_MS,
  USE_CASES,
  type UseCase,
} from "./fault-scenes.ts";

const HOURLY = "17 * * * *";

/**
 * A call that a use case makes, and how a fault finds it: it comes after `skip` others. For Stripe, only calls that
 * contain `match` count.
 */
export interface Call {
  service: Fault["service"];
  name: string;
  writes: boolean;
  match: string;
  skip: number;
}

type Fault =
  /**
   * before: the database never gets the call. after_commit: the response is lost. delay: the response comes after the
   * timeout. late: execution starts after the timeout.
   */
  | { service: "database"; mode: "before" | "after_commit" | "delay" | "late" }
  /** The same, except that hang does nothing. status: responds with 500 and does nothing. */
  | { service: "stripe"; mode: "status" | "drop" | "after" | "hang" | "delay" };

const FAULTS: Fault[] = [
  { service: "database", mode: "before" },
  { service: "database", mode: "after_commit" },
  { service: "database", mode: "delay" },
  { service: "database", mode: "late" },
  { service: "stripe", mode: "status" },
  { service: "stripe", mode: "drop" },
  { service: "stripe", mode: "after" },
  { service: "stripe", mode: "hang" },
  { service: "stripe", mode: "delay" },
];

const ENDINGS = ["retried", "reconciled"] as const;

/** One call that fails in one way, and what happens next: someone retries, or no one does and reconciliation runs. */
export interface Cell {
  use_case: UseCase;
  call: Call;
  fault: Fault;
  ending: (typeof ENDINGS)[number];
}

/** The state of a person's rows and Stripe objects, without ids and times. */
type State = Awaited<ReturnType<typeof stateOf>>;

/** What a use case does when nothing fails. */
interface Course {
  calls: Call[];
  /** The state if no one makes the request and everything that was already payable is paid. */
  never: State;
  /** The state right after the request. */
  asked: State;
  /** The state after everything due has been paid. */
  end: State;
}

export interface Report {
  /** The number of cells. */
  total: number;
  /** Cells that ended in a wrong state. There should be none. */
  wrong: object[];
}

/**
 * Runs each use case once to find the calls it makes. Then runs it again for each call and each kind of failure, and
 * compares the result with the one without a failure. Several platforms work side by side. At the end each is
 * reconciled, after which nothing may have changed or be unexplained.
 */
export async function runFaults({
  platforms,
  use_cases,
  choose = () => true,
}: {
  platforms: number;
  use_cases: readonly UseCase[];
  choose?: (cell: Cell, calls: Call[]) => boolean;
}): Promise<Report> {
  const lanes = await Promise.all(Array.from({ length: platforms }, async () => new Lane(await moneyPlatform())));
  const courses = new Map<UseCase, Course>();
  const undiscovered = [...use_cases];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let name = undiscovered.shift(); name; name = undiscovered.shift())
        courses.set(name, await lane.discover(USE_CASES[name]));
    }),
  );
  const cells = [...courses].flatMap(([use_case, { calls }]) =>
    cellsOf(use_case, calls).filter((cell) => choose(cell, calls)),
  );
  // Cells without a retry come first, so that they are old by the time of reconciliation.
  const waiting = cells.toSorted((one, other) => one.ending.localeCompare(other.ending));
  await Promise.all(
    lanes.map(async (lane) => {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const course = courses.get(cell.use_case);
        if (course) await lane.play(cell, course);
      }
      await lane.reconcile();
    }),
  );
  return { total: cells.length, wrong: lanes.flatMap(({ wrong }) => wrong) };
}

const cellsOf = (use_case: UseCase, calls: Call[]): Cell[] =>
  calls.flatMap((call) =>
    FAULTS.filter(({ service }) => service === call.service)
      // A delayed read from Stripe has no effect.
      .filter(({ service, mode }) => call.writes || service === "database" || mode !== "delay")
      .flatMap((fault) => ENDINGS.map((ending) => ({ use_case, call, fault, ending }))),
  );

interface Played {
  cell: Cell;
  scene: Timed;
  course: Course;
}

/** A scene and the Unix time from which Stripe has its objects. */
type Timed = Scene & { since: number };

/** A platform that does one thing at a time, so that each fault hits the call it is meant for. */
class Lane {
  readonly wrong: object[] = [];
  readonly #platform: MoneyPlatform;
  readonly #played: Played[] = [];
  /** When all late work will be over. */
  #quiet = 0;

  constructor(platform: MoneyPlatform) {
    this.#platform = platform;
  }

  async discover(arrange: Arrange): Promise<Course> {
    const p = this.#platform;
    const unasked = await this.#arrange(arrange);
    if (unasked.pays) await this.#pay(unasked);
    const scene = await this.#arrange(arrange);
    const earlier = new Set((await p.stripe.requests()).map(({ id }) => id));
    const { status, request_id, text } = await scene.act();
    if (status >= 300) throw new Error(`Without a fault it responds with ${status}: ${text}`);
    const requests = (await p.stripe.requests()).filter(({ id }) => !earlier.has(id));
    const asked = await stateOf(p, scene);
    if (scene.pays && asked.stripe.payable !== 1) throw new Error(`${asked.stripe.payable} sessions are payable`);
    const trips = await this.#tripsBeforeAnswer(request_id);
    const database = Array.from(
      { length: trips },
      (_, skip): Call => ({ service: "database", name: `trip ${skip + 1}`, writes: true, match: "", skip }),
    );
    const stripe = requests.map(({ method, path }, index): Call => {
      const match = prefixOf(path);
      return {
        service: "stripe",
        name: `${method} ${match}`,
        writes: method !== "GET",
        match,
        skip: requests.slice(0, index).filter((other) => prefixOf(other.path) === match).length,
      };
    });
    if (scene.pays) await this.#pay(scene);
    const [never, end] = [await stateOf(p, unasked), await stateOf(p, scene)];
    return { calls: [...database, ...stripe], never, asked, end };
  }

  /** Runs one cell. A cell without a retry is judged after {@link reconcile} has run. */
  async play(cell: Cell, course: Course): Promise<void> {
    const p = this.#platform;
    const scene = await this.#arrange(USE_CASES[cell.use_case]);
    const late_ms = await this.#order(cell, scene);
    const { status } = await scene.act();
    this.#quiet = Math.max(this.#quiet, Date.now() + late_ms);
    await fetch(`${p.neon_url}/faults`, { method: "DELETE" });
    await p.stripe.clearFaults();
    // An action that cannot happen twice may succeed on the client's automatic retry.
    const { call, fault } = cell;
    const mayHear = call.writes && fault.mode === "after";
    if (status < 500 && !mayHear) this.#blame(cell, { answered: 503 }, { answered: status });
    this.#played.push({ cell, scene, course });
    if (cell.ending === "reconciled") return;

    const again = await insist(() => scene.act());
    if (again >= 500) this.#blame(cell, { answered_again: 200 }, { answered_again: again });
    await this.#untilQuiet();
    this.#compare(cell, course.asked, await stateOf(p, scene));
    if (scene.pays) await this.#pay(scene);
    this.#compare(cell, course.end, await stateOf(p, scene));
  }

  /**
   * Hours later: the cron runs until it has finished. Everything still payable is paid, and every cell is checked
   * again.
   */
  async reconcile(): Promise<void> {
    const p = this.#platform;
    await this.#untilQuiet();
    await p.sql("update reversals set created_at = created_at - interval '25 hours' where status = 'requested'");
    const alone = this.#played.filter(({ cell }) => cell.ending === "reconciled");
    if (alone.length > 0) await this.#runCron();
    for (const { scene } of alone) if (scene.pays) await this.#pay(scene, { heard: false });
    const report = await this.#runCron();
    if (report.unexplained !== 0) this.wrong.push({ unexplained: report });
    for (const { cell, scene, course } of this.#played) {
      const found = await stateOf(p, scene);
      // Without a retry, the use case may have had no effect on either side, unless it is an event that Stripe must
      // deliver.
      const never = cell.ending === "reconciled" && !cell.use_case.startsWith("webhook");
      const { ours, stripe } = course.never;
      // The previous checkout has ended, but this one did not start.
      const neither = { ours: course.asked.ours, stripe: { ...course.asked.stripe, payable: 0 } };
      const mayBe = never
        ? [
            { ours, stripe },
            ...(scene.voids ? [{ ours, stripe: course.end.stripe }] : []),
            ...(scene.replaces ? [neither] : []),
          ]
        : [];
      if (!mayBe.some((state) => isDeepStrictEqual(found, state))) this.#compare(cell, course.end, found);
    }
  }

  /** On a busy machine, setup may exceed the Worker's timeout although nothing is wrong. If so, it starts over. */
  async #arrange(arrange: Arrange, tries = 5): Promise<Timed> {
    const since = Math.floor(Date.now() / 1000);
    try {
      return { ...(await arrange(this.#platform)), since };
    } catch (error) {
      if (tries === 1) throw error;
      return this.#arrange(arrange, tries - 1);
    }
  }

  /** Makes a call fail. Returns how long unattended work may continue, in milliseconds. */
  async #order(
    { call: { match, skip }, fault: { service, mode } }: Cell,
    { mark, repeatable }: Scene,
  ): Promise<number> {
    const p = this.#platform;
    if (service === "database") {
      const ms = TIMEOUT_MS + 300;
      const body = JSON.stringify({ mode, match: mark, skip, count: repeatable ? 2 : 1, ms });
      const { ok } = await fetch(`${p.neon_url}/faults`, { method: "POST", body });
      if (!ok) throw new Error(`The fault was rejected: ${body}`);
      return mode === "delay" || mode === "late" ? ms : 0;
    }
    const ms = mode === "delay" ? 2 * TIMEOUT_MS + 1000 : TIMEOUT_MS + 300;
    // Twice, because the Stripe client retries once with the same key.
    await p.stripe.fault({ mode, match, skip, count: 2, ms });
    return mode === "delay" ? ms : 0;
  }

  /** Pays what the person was sent to pay first. A session no one was sent to expires in a day. */
  async #pay(scene: Timed, { heard = true } = {}): Promise<void> {
    const p = this.#platform;
    const open = (await sessionsOf(p, scene)).filter(({ status }) => status === "open");
    const first = open.pop();
    if (first) await pay(p, first.id, scene.email, { heard });
    for (const { id } of open) await p.stripe.expire(id);
  }

  async #runCron(): Promise<Record<string, unknown>> {
    for (let run = 0; run < 100; run += 1) {
      await this.#platform.fire(HOURLY);
      const last = await this.#platform.lastRun("reconcile");
      if (last?.outcome === "succeeded" && last.report.next === null && !last.report.incomplete) return last.report;
    }
    throw new Error("Reconciliation does not finish");
  }

  async #tripsBeforeAnswer(request_id: string): Promise<number> {
    const after = await this.#trips(`${request_id}/after`);
    const trips = (await this.#trips(request_id)) - after;
    // A trip after the response may have arrived between the two counts.
    return (await this.#trips(`${request_id}/after`)) === after ? trips : this.#tripsBeforeAnswer(request_id);
  }

  async #trips(match: string): Promise<number> {
    const response = await fetch(`${this.#platform.neon_url}/stats?match=${encodeURIComponent(match)}`);
    return z.object({ requests: z.number() }).parse(await response.json()).requests;
  }

  async #untilQuiet(): Promise<void> {
    await sleep(Math.max(0, this.#quiet - Date.now()));
  }

  #compare(cell: Cell, expected: State, found: State): void {
    if (!isDeepStrictEqual(found, expected)) this.#blame(cell, expected, found);
  }

  #blame({ use_case, call, fault, ending }: Cell, expected: object, found: object): void {
    this.wrong.push({ cell: `${use_case}, ${call.name}, ${fault.mode}, ${ending}`, expected, found });
  }
}

/** A Stripe path up to the id, to match the same call for another object. */
function prefixOf(path: string): string {
  const segments = path.split("/");
  const id = segments.findIndex((segment) => /^[a-z]{2,4}_/.test(segment));
  return id === -1 ? `${path}?` : `${segments.slice(0, id).join("/")}/`;
}

/** Retries until there is a response. */
async function insist(ask: () => Promise<{ status: number }>): Promise<number> {
  for (let time = 0; ; time += 1) {
    const { status } = await ask();
    if (status < 500 || time === 20) return status;
    await sleep(250);
  }
}

async function sessionsOf(p: MoneyPlatform, { since, email }: Timed): Promise<Stripe.Checkout.Session[]> {
  const found: Stripe.Checkout.Session[] = [];
  for await (const session of p.stripeApi.checkout.sessions.list({ created: { gte: since }, limit: 100 }))
    if (session.customer_email === email || session.customer_details?.email === email) found.push(session);
  return found;
}

async function stateOf(p: MoneyPlatform, scene: Timed) {
  return { ours: await oursOf(p, scene), stripe: await stripesOf(p, scene) };
}

/** The state of our rows. Unpaid checkouts and refunds that were not made are left out. */
async function oursOf(p: MoneyPlatform, { user_id, email, others_told }: Scene) {
  const [row] = await p.sql(
    `with donation as (select * from donations where donor_email = $2 or user_id = $1),
       payment as (select * from payments where user_id = $1 or donation_id in (select id from donation))
     select
       (select status from users where id = $1) as person,
       array(select concat_ws(' ', status, billing_cycle, base_subscription_cents, donation_cents,
           case when cancel_at_period_end then 'ends' end, case when cancelled_at is not null then cancel_reason end)
         from subscriptions where user_id = $1 and status <> 'pending' order by 1) as subscriptions,
       array(select concat_ws(' ', donation_type, status, amount_cents)
         from donation where status in ('completed', 'refunded') order by 1) as donations,
       array(select concat_ws(' ', base_subscription_cents, donation_cents, term_end is not null)
         from payment order by 1) as payments,
       array(select concat_ws(' ', kind, base_subscription_cents, donation_cents)
         from ledger where payment_id in (select id from payment) order by 1) as ledger,
       array(select concat_ws(' ', kind, status, amount_cents) from reversals
         where payment_id in (select id from payment) and not (stripe_id is null and status in ('failed', 'canceled'))
         order by 1) as reversals,
       array(select template from emails where user_id = $1 or to_email = $2 or starts_with(dedupe_key, $3) order by 1) as mails`,
    [user_id, email, others_told ?? null],
  );
  return row;
}

/** Stripe's side: what is payable, what was paid, and what was refunded. */
async function stripesOf(p: MoneyPlatform, scene: Timed) {
  const sessions = await sessionsOf(p, scene);
  const paid = sessions.filter(({ status }) => status === "complete");
  const charges: string[] = [];
  const refunds: string[] = [];
  const subscriptions: string[] = [];
  for (const { payment_intent, subscription, customer } of paid) {
    if (typeof subscription === "string") {
      const { status, cancel_at_period_end } = await p.stripeApi.subscriptions.retrieve(subscription);
      subscriptions.push(`${status}${cancel_at_period_end ? " ends" : ""}`);
    }
    const of = typeof payment_intent === "string" ? { payment_intent } : { customer: String(customer) };
    for await (const charge of p.stripeApi.charges.list({ ...of, limit: 100 })) {
      charges.push(`${charge.status} ${charge.amount}${charge.disputed ? " disputed" : ""}`);
      for await (const refund of p.stripeApi.refunds.list({ charge: charge.id }))
        refunds.push(`${refund.status} ${refund.amount}`);
    }
  }
  return {
    payable: sessions.filter(({ status }) => status === "open").length,
    paid: paid.length,
    subscriptions,
    charges: charges.sort(),
    refunds: refunds.sort(),
  };
}
