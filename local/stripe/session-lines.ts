import * as z from "zod";
import { invalidRequest } from "./errors.ts";
import { buildLineItem } from "./objects/line-item.ts";
import { buildPrice } from "./objects/price.ts";
import { buildProduct } from "./objects/product.ts";
import { currency, integer, mergeMetadata, metadata, oneOf, text } from "./parameters.ts";
import type { LineItem } from "./wire.ts";
import type { World } from "./world.ts";

export const LINE_ITEM = z.strictObject({
  metadata: metadata.optional(),
  price_data: z.strictObject({
    currency,
    product_data: z.strictObject({
      description: text().optional(),
      metadata: metadata.optional(),
      name: text(),
    }),
    recurring: z
      .strictObject({ interval: oneOf("day", "week", "month", "year"), interval_count: integer(1).optional() })
      .optional(),
    unit_amount: integer(0, 99_999_999),
  }),
  quantity: integer(1, 999_999),
});

type LineInput = z.output<typeof LINE_ITEM>;

/** Stripe bills at most three years at a time. */
const LONGEST = { day: 1095, week: 156, month: 36, year: 3 };
/** Stripe's minimum charge in cents, where it is not 50: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const LEAST: Record<string, number> = {
  ...{ aed: 200, bgn: 100, czk: 1500, dkk: 250, gbp: 30, hkd: 400, huf: 17_500 },
  ...{ mxn: 1000, myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1000 },
};

/** Applies Stripe's rules for all of a session's lines together. Returns their total in cents and their currency. */
export function checkLines(mode: "payment" | "subscription", lines: LineInput[]): { total: number; currency: string } {
  const [first] = lines;
  if (!first) throw invalidRequest("A session needs at least one line item.", "line_items");
  for (const [position, { price_data }] of lines.entries())
    checkLine(mode, position, price_data, first.price_data.currency);
  const recurring = lines.flatMap(({ price_data }) => price_data.recurring ?? []);
  if (mode === "subscription" && recurring.length === 0) {
    throw invalidRequest("You must provide at least one recurring price in `subscription` mode.", "line_items");
  }
  const rhythms = new Set(recurring.map(({ interval, interval_count = 1 }) => `${interval_count} ${interval}`));
  if (rhythms.size > 1) {
    throw invalidRequest("Checkout does not support multiple prices with different billing intervals.", "line_items");
  }
  if (mode === "subscription" && (recurring.length > 20 || lines.length - recurring.length > 20)) {
    throw invalidRequest("A subscription takes at most 20 recurring and 20 one-time line items.", "line_items");
  }
  const total = lines.reduce((sum, { price_data, quantity }) => sum + price_data.unit_amount * quantity, 0);
  if (total > 0 && total < (LEAST[first.price_data.currency] ?? 50)) {
    throw invalidRequest(
      "The Checkout Session's total amount is below what can be charged.",
      "line_items",
      "amount_too_small",
    );
  }
  if (total > 99_999_999) {
    throw invalidRequest(
      "The Checkout Session's total amount is above what can be charged.",
      "line_items",
      "amount_too_large",
    );
  }
  return { total, currency: first.price_data.currency };
}

function checkLine(
  mode: "payment" | "subscription",
  position: number,
  { currency: own, recurring }: LineInput["price_data"],
  common: string,
): void {
  const name = `line_items[${position}][price_data]`;
  if (mode === "payment" && recurring) {
    throw invalidRequest("You specified `payment` mode but passed a recurring price.", `${name}[recurring]`);
  }
  if (own !== common) throw invalidRequest("All line items need the same currency.", `${name}[currency]`);
  if (recurring && (recurring.interval_count ?? 1) > LONGEST[recurring.interval]) {
    throw invalidRequest("The interval is longer than three years.", `${name}[recurring][interval_count]`);
  }
}

/** Creates a session's products, prices, and line items. */
export function createLines(world: World, lines: LineInput[]): LineItem[] {
  return lines.map(({ metadata: about, price_data, quantity }) => {
    const { product_data, recurring } = price_data;
    const now = world.now(null);
    const product = buildProduct(now, { ...product_data, metadata: mergeMetadata({}, product_data.metadata) });
    const price = buildPrice(now, {
      currency: price_data.currency,
      product: product.id,
      recurring: recurring ? { interval: recurring.interval, interval_count: recurring.interval_count ?? 1 } : null,
      unit_amount: price_data.unit_amount,
    });
    world.state.products.set(product.id, product);
    world.state.prices.set(price.id, price);
    return buildLineItem(price, product.name, quantity, mergeMetadata({}, about));
  });
}
