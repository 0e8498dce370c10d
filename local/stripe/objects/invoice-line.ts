import { newId } from "../ids.ts";
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from "../wire.ts";

/** The cost of a subscription item for its current period. */
export function buildItemLine(subscription: Subscription, item: SubscriptionItem, description: string): InvoiceLine {
  return buildLine(item.price, item.quantity ?? 1, description, {
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    subscription: subscription.id,
  });
}

/** A one-time line on the first invoice, such as a donation on top of dues. */
export function buildOneTimeLine(
  subscription: Subscription,
  price: Price,
  quantity: number,
  description: string,
): InvoiceLine {
  return buildLine(price, quantity, description, {
    metadata: {},
    parent: {
      invoice_item_details: {
        invoice_item: newId("ii_1", 23),
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    },
    period: { start: subscription.created, end: subscription.created },
    subscription: subscription.id,
  });
}

function buildLine(
  price: Price,
  quantity: number,
  description: string,
  about: Pick<InvoiceLine, "metadata" | "parent" | "period" | "subscription">,
): InvoiceLine {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId("il_1", 23),
    object: "line_item",
    amount,
    currency: price.currency,
    description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: `${quantity}`,
    subtotal: amount,
    taxes: [],
    ...about,
  };
}
