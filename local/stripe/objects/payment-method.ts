import { newId } from "../ids.ts";
import type { PaymentMethod } from "../wire.ts";

/** The card a payer types in on the hosted page: Stripe's test card 4242, or the one that is always declined. */
export function buildCard(
  created: number,
  input: {
    customer: string | null;
    declined: boolean;
    email: string;
    name: string | null;
  },
): PaymentMethod {
  return {
    id: newId("pm_1", 23),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: null, email: input.email, name: input.name, phone: null, tax_id: null },
    card: {
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: "visa",
      exp_month: 12,
      exp_year: 2045,
      fingerprint: input.declined ? "StandInDeclined1" : "StandInAccepted1",
      funding: "credit",
      generated_from: null,
      last4: input.declined ? "0002" : "4242",
      networks: { available: ["visa"], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: input.customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}
