import { newId } from "../ids.ts";
import type { Plan, Price } from "../wire.ts";

export interface PriceInput {
  currency: string;
  product: string;
  recurring: { interval: "day" | "week" | "month" | "year"; interval_count: number } | null;
  /** In the currency's smallest unit, such as cents. */
  unit_amount: number;
}

/** A price created from `price_data`. It is inactive because it is only for this purchase. */
export function buildPrice(created: number, { currency, product, recurring, unit_amount }: PriceInput): Price {
  return {
    id: newId("price_1", 23),
    object: "price",
    active: false,
    billing_scheme: "per_unit",
    created,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: recurring && { ...recurring, meter: null, trial_period_days: null, usage_type: "licensed" },
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? "recurring" : "one_time",
    unit_amount,
    unit_amount_decimal: `${unit_amount}`,
  };
}

/** The legacy form of a recurring price, which subscription items still carry. */
export function buildPlan(price: Price): Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: {},
    meter: null,
    nickname: null,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}
