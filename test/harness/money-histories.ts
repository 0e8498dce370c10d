import * as fc from "fast-check";
import { expect } from "vitest";
import type { MoneyPlatform } from "./money-platform.ts";
import { HAPPENINGS, type Happening, heardInOrder, type Means, Payer, type Purpose } from "./payer.ts";

/** How often each event happens in a random history. */
const WEIGHTS: Record<Happening, number> = {
  renew: 6,
  fail: 4,
  retry: 2,
  recover: 4,
  cancel_at_end: 2,
  keep: 2,
  cancel_now: 1,
  cancel_later: 1,
  pause: 1,
  resume: 2,
  fail_and_rest: 2,
  rest: 1,
  rise: 2,
  pay_open: 2,
  pay_after_end: 2,
  new_card: 1,
  card_in_portal: 1,
  refund_part: 3,
  refund_rest: 1,
  refund_later: 2,
  refund_settles: 2,
  refund_fails: 1,
  inquire: 1,
  withdraw: 1,
  dispute: 2,
  win: 1,
  lose: 1,
  change_price: 1,
  add_item: 1,
  own_metadata: 1,
  pay_outside: 2,
  appeal: 1,
  forget_customer: 1,
  rejoin: 3,
};

/** Something happens, and then some of the waiting events are delivered. `which` picks them, if there are that many. */
interface Step {
  happening: Happening;
  heard: { which: number; twice: boolean }[];
}

export interface History {
  purpose: Purpose;
  means: Means;
  steps: Step[];
  /** The order in which the remaining events are delivered at the end. */
  order: number[];
  /** Of the remaining events, every nth is lost. 0 delivers all of them. */
  lost: number;
}

/** Random histories with this many steps after the first payment. */
export const histories = (length: { minLength: number; maxLength: number }): fc.Arbitrary<History> =>
  fc.record({
    purpose: fc.oneof(
      { weight: 6, arbitrary: fc.constant("dues" as const) },
      { weight: 1, arbitrary: fc.constant("term" as const) },
      { weight: 1, arbitrary: fc.constant("donation" as const) },
    ),
    means: fc.oneof(
      { weight: 18, arbitrary: fc.constant("card" as const) },
      { weight: 2, arbitrary: fc.constant("bank" as const) },
      { weight: 1, arbitrary: fc.constant("refused" as const) },
    ),
    steps: fc.array(
      fc.record({
        happening: fc.oneof(...HAPPENINGS.map((each) => ({ weight: WEIGHTS[each], arbitrary: fc.constant(each) }))),
        heard: fc.array(fc.record({ which: fc.nat({ max: 30 }), twice: fc.boolean() }), { maxLength: 3 }),
      }),
      length,
    ),
    order: fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 40 }),
    lost: fc.constantFrom(0, 0, 1, 2, 3),
  });

/**
 * Replays a history for a payer whose events arrive only in part, late, out of order, and twice. Returns the events
 * that never arrived.
 */
async function inDisorder(
  platform: MoneyPlatform,
  { purpose, means, steps, order, lost }: History,
): Promise<{ payer: Payer; never: string[] }> {
  const payer = await Payer.start(platform, purpose);
  await payer.pay(means);
  // When we hear that a payment failed, we end the subscription at Stripe. Deliver these events first, or something
  // else could happen at Stripe before that.
  if (means === "refused") while (payer.waiting.length > 0) await payer.hearOneOf({ which: 7, twice: true });
  for (const { happening, heard } of steps) {
    await payer.live(happening);
    for (const each of heard) await payer.hearOneOf(each);
  }
  const never = lost === 0 ? [] : payer.waiting.filter((_, index) => index % lost === 0);
  for (const event of never) payer.waiting.splice(payer.waiting.indexOf(event), 1);
  for (const which of order) await payer.hearOneOf({ which, twice: which % 5 === 0 });
  await payer.hearAll();
  return { payer, never: never.map(({ id }) => id) };
}

/** Two payers with the same history: one whose events all arrived in order, and one whose events did not. */
interface Pair {
  history: History;
  ordered: Payer;
  payer: Payer;
  never: string[];
}

/**
 * Plays each history twice, once with its events in order and once without, and reconciles. Expects the same rows and
 * sums, the amount that Stripe says is left, one copy of each mail, and everything volunteers need to know. Then
 * delivers the lost events, which must change nothing. Takes histories from `histories` one at a time, so that several
 * platforms can share them. Calls `through` after each history that converged, with its number of events.
 */
export async function checkHistories(
  platform: MoneyPlatform,
  histories: History[],
  through: (events: number) => void = () => {},
): Promise<void> {
  const pairs: Pair[] = [];
  for (let history = histories.shift(); history; history = histories.shift()) {
    const { purpose, means, steps } = history;
    const happenings = steps.map(({ happening }) => happening);
    const ordered = await heardInOrder(platform, { purpose, means, happenings });
    pairs.push({ history, ordered, ...(await inDisorder(platform, history)) });
  }
  await reconcile(platform);
  for (const pair of pairs) {
    await expectAgreement(pair).catch((error: unknown) => {
      throw new Error(`This history did not converge: ${JSON.stringify(pair.history)}`, { cause: error });
    });
    through(pair.ordered.news.length);
  }
}

async function expectAgreement({ ordered, payer, never }: Pair): Promise<void> {
  const books = await ordered.books();
  expect(books.cents).toBe(await ordered.balance());
  expect(books.untold).toEqual([]);
  expect(await payer.books()).toEqual(books);
  expect(books.cents).toBe(await payer.balance());
  for (const event_id of never) await payer.hear(event_id);
  if (never.length > 0) expect(await payer.books()).toEqual(books);
}

/** Runs the hourly job until it has finished. */
async function reconcile(platform: MoneyPlatform): Promise<void> {
  for (;;) {
    await platform.fire("17 * * * *");
    const run = await platform.lastRun("reconcile");
    expect(run).toMatchObject({ outcome: "succeeded", report: { concerns: [] } });
    if (run?.report.next === null) return;
  }
}
