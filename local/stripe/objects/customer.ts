import { newId } from "../ids.ts";
import type { Customer, Metadata } from "../wire.ts";

export interface CustomerInput {
  address?: Customer["address"] | undefined;
  description?: string | null | undefined;
  email?: string | null | undefined;
  metadata?: Metadata | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
  preferred_locales?: string[] | undefined;
  tax_exempt?: Customer["tax_exempt"] | undefined;
}

export function buildCustomer(created: number, input: CustomerInput): Customer {
  return {
    id: newId("cus_", 14),
    object: "customer",
    address: input.address ?? null,
    balance: 0,
    created,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: input.description ?? null,
    discount: null,
    email: input.email ?? null,
    invoice_prefix: newId("", 8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: null,
    tax_exempt: input.tax_exempt ?? "none",
    test_clock: null,
  };
}
