import { expect } from "vitest";
import type { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import type { MoneyPlatform } from "./money-platform.ts";
import { heardInOrder, type Life, Payer } from "./payer.ts";

type EventType = (typeof EVENT_TYPES)[number];

export interface Story extends Life {
  /** The events to reorder, the last of each type. All other events are never delivered. */
  types: EventType[];
}

/** How many payers play the same story at once, each with a different event order. */
const AT_A_TIME = 4;

/**
 * Plays a story with its events delivered in every order. After each event, including the first, our rows must match
 * those of the same story with those events in their original order. At the end, each mail exists once and no event is
 * parked. Orders with the same beginning share one replay until they differ; then our rows go back to that point for
 * the next order. Calls `through` after each order. Returns the number of orders.
 */
export async function checkOrders(platform: MoneyPlatform, story: Story, through = () => {}): Promise<number> {
  const { types } = story;
  const ordered = await heardInOrder(platform, story);
  const expected = await ordered.books();
  let count = 0;

  const hear = async (payer: Payer, order: EventType[]) => {
    const [first, last] = [order[0], order.at(-1)];
    if (!first || !last) return;
    // One event of each order is delivered twice. The beginning of the order decides which.
    const twice = order.length - 1 === types.indexOf(first);
    try {
      await payer.hear(lastOf(payer, last), twice);
      const books = await payer.books();
      const { mails } = order.length === types.length ? expected : books;
      expect(books).toEqual({ ...expected, mails });
      if (order.length === types.length) expect(await payer.parked()).toEqual([]);
    } catch (error) {
      throw new Error(`With events in this order it did not converge: ${order}`, { cause: error });
    }
  };
  const hearOn = async (payer: Payer, heard: EventType[]): Promise<void> => {
    const rest = types.filter((type) => !heard.includes(type));
    const back = rest.length > 1 ? await payer.remember() : () => Promise.resolve();
    for (const type of rest) {
      await hear(payer, [...heard, type]);
      await hearOn(payer, [...heard, type]);
      await back();
    }
    if (rest.length > 0) return;
    count += 1;
    through();
  };

  const beginnings = types.flatMap((first) => types.flatMap((second) => (first === second ? [] : [[first, second]])));
  const payers: Payer[] = [];
  while (payers.length < AT_A_TIME) payers.push(await unheard(platform, story));
  await Promise.all(
    payers.map(async (payer) => {
      const back = await payer.remember();
      for (let next = beginnings.shift(); next; next = beginnings.shift()) {
        await hear(payer, next.slice(0, 1));
        await hear(payer, next);
        await hearOn(payer, next);
        await back();
      }
    }),
  );
  // Nothing happened at Stripe while we received events, so its final balance was right all along.
  for (const payer of [ordered, ...payers]) expect(expected.cents).toBe(await payer.balance());
  return count;
}

/** A payer who played a story without any of its events reaching us. */
async function unheard(platform: MoneyPlatform, { purpose, means, happenings }: Story): Promise<Payer> {
  const payer = await Payer.start(platform, purpose);
  await payer.pay(means);
  for (const happening of happenings) await payer.live(happening);
  return payer;
}

function lastOf({ waiting }: Payer, type: string): string {
  const event = waiting.findLast((each) => each.type === type);
  if (!event) throw new Error(`No ${type} among ${waiting.map((each) => each.type)}`);
  return event.id;
}
