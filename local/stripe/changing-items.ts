import * as z from "zod";
import { invalidRequest } from "./errors.ts";
import { existing } from "./lookup.ts";
import { buildPrice } from "./objects/price.ts";
import { buildItem } from "./objects/subscription.ts";
import { currency, flag, integer, list, oneOf, text } from "./parameters.ts";
import { beginPeriod, bill, creditLines, periodOf } from "./subscribing.ts";
import type { Price, Subscription } from "./wire.ts";
import type { World } from "./world.ts";

/** What a treasurer changes in the dashboard: an item with an id changes or goes, one without is added. */
export const ITEMS = list(
  z.strictObject({
    deleted: flag.optional(),
    id: text().optional(),
    price_data: z
      .strictObject({
        currency,
        product: text(),
        recurring: z.strictObject({
          interval: oneOf("day", "week", "month", "year"),
          interval_count: integer(1).optional(),
        }),
        unit_amount: integer(0, 99_999_999),
      })
      .optional(),
    quantity: integer(1, 999_999).optional(),
  }),
  20,
);

type ItemChange = z.output<typeof ITEMS>[number];

/**
 * Changes the items of a subscription. If the price has another interval than before, a period begins now and is billed. If it
 * prorates, the unused rest of the old items is credited at once, and the new ones are billed from now on:
 * https://docs.stripe.com/billing/subscriptions/change-price, https://docs.stripe.com/billing/subscriptions/prorations
 */
export function changeItems(world: World, subscription: Subscription, changes: ItemChange[], prorates = false): void {
  const before = structuredClone(subscription);
  const { start, end } = periodOf(subscription);
  const share = (end - world.now(subscription.customer)) / (end - start);
  const credit = prorates ? creditLines(world, subscription, share) : [];
  const rhythm = rhythmOf(subscription);
  for (const change of changes) changeItem(world, subscription, change);
  if (subscription.items.data.length === 0) throw invalidRequest("A subscription needs at least one item.", "items");
  if (rhythmOf(subscription) === rhythm && prorates) {
    bill(world, subscription, "subscription_update", before, { share, attempts: true, credit });
    return;
  }
  if (rhythmOf(subscription) === rhythm) {
    world.emit("customer.subscription.updated", subscription, before);
    return;
  }
  const now = world.now(subscription.customer);
  subscription.billing_cycle_anchor = now;
  beginPeriod(subscription, now);
  bill(world, subscription, "subscription_update", before, { share: 1, attempts: true, credit });
}

function changeItem(world: World, subscription: Subscription, { id, deleted, price_data, quantity }: ItemChange): void {
  const { data } = subscription.items;
  const known = data.find((item) => item.id === id);
  if (id !== undefined && !known) throw invalidRequest(`No such subscription item: '${id}'`, "items");
  if (deleted) {
    subscription.items.data = data.filter((item) => item !== known);
    return;
  }
  const price = price_data ? createPrice(world, price_data) : known?.price;
  if (!price) throw invalidRequest("An item needs a price.", "items");
  const { start, end } = periodOf(subscription);
  const item = buildItem(start, end, subscription.id, price, quantity ?? known?.quantity ?? 1);
  if (known) Object.assign(known, { ...item, id: known.id, created: known.created });
  else data.push(item);
}

function createPrice(world: World, { product, recurring, ...rest }: NonNullable<ItemChange["price_data"]>): Price {
  existing(world.state.products, "product", product, "items");
  const { interval, interval_count = 1 } = recurring;
  const price = buildPrice(world.now(null), { ...rest, product, recurring: { interval, interval_count } });
  world.state.prices.set(price.id, price);
  return price;
}

const rhythmOf = ({ items }: Subscription): string =>
  [...new Set(items.data.map(({ price }) => `${price.recurring?.interval_count} ${price.recurring?.interval}`))].join();
