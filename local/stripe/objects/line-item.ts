import { newId } from "../ids.ts";
import type { LineItem, Metadata, Price } from "../wire.ts";

export function buildLineItem(price: Price, description: string, quantity: number, metadata: Metadata): LineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId("li_1", 23),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description,
    metadata,
    price,
    quantity,
  };
}
