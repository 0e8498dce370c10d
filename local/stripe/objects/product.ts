import { newId } from "../ids.ts";
import type { Metadata, Product } from "../wire.ts";

export interface ProductInput {
  name: string;
  description?: string | undefined;
  metadata?: Metadata | undefined;
}

/** A product created from `price_data`. It is inactive because it is only for this purchase. */
export function buildProduct(created: number, input: ProductInput): Product {
  return {
    id: newId("prod_", 14),
    object: "product",
    active: false,
    created,
    default_price: null,
    description: input.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: input.metadata ?? {},
    name: input.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: created,
    url: null,
  };
}
