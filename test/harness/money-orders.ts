import { expect } from "vitest";
import type { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import type { MoneyPlatform } from "./money-platform.ts";
import { heardInOrder, type Life, Payer } from "./payer.ts";

type EventType = (typeof EVENT_TYPES)[number];

export interface Story extends Life {
  /** The events whose order is changed, the last of each type; the others never come. */
  types: EventType[];
}

/** So many payers live through a story, and hear of it in other orders each, at the same time. */
const AT_A_TIME = 4;

/**
 * Lets a story happen, and us hear of it in every order: after each event, the first one already, our rows are those of
 * the same story heard in order as it happened, and after all of them each mail is there once and no event is parked.
 * Orders that begin alike are heard as one until they part; for the next of them our rows go back to what they were there.
 * Tells `through` of each order, and returns how many there are.
 */
export async function checkOrders(platform: MoneyPlatform, story: Story, through = () => {}): Promise<number> {
  const { types } = story;
  const ordered = await heardInOrder(platform, story);
  const expected = await ordered.books();
  let count = 0;

  const hear = async (payer: Payer, order: EventType[]) => {
    const [first, last] = [order[0], order.at(-1)];
    if (!first || !last) return;
    // One of each order comes twice; which, its beginning says.
    const twice = order.length - 1 === types.indexOf(first);
    try {
      await payer.hear(lastOf(payer, last), twice);
      const books = await payer.books();
      const { mails } = order.length === types.length ? expected : books;
      expect(books).toEqual({ ...expected, mails });
      if (order.length === types.length) expect(await payer.parked()).toEqual([]);
    } catch (error) {
      throw new Error(`Heard in this order it does not converge: ${order}`, { cause: error });
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
  // At Stripe nothing happened while we heard: what it says in the end was so all the time.
  for (const payer of [ordered, ...payers]) expect(expected.cents).toBe(await payer.balance());
  return count;
}

/** Somebody who lived through a story of which we heard nothing. */
async function unheard(platform: MoneyPlatform, { purpose, means, happenings }: Story): Promise<Payer> {
  const payer = await Payer.start(platform, purpose);
  await payer.pay(means);
  for (const happening of happenings) await payer.live(happening);
  return payer;
}

function lastOf({ waiting }: Payer, type: string): string {
  const event = waiting.findLast((each) => each.type === type);
  if (!event) throw new Error(`There is no ${type} among ${waiting.map((each) => each.type)}`);
  return event.id;
}
