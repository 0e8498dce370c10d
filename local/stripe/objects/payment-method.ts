import { newId } from "../ids.ts";
import type { PaymentMethod } from "../wire.ts";

export interface Holder {
  customer: string | null;
  email: string;
  name: string | null;
}

/** Stripe's test cards: one that works, one that is declined, and one that works after authentication. */
export const CARD_NUMBERS = { accepted: "4242", declined: "0002", authenticated: "3220" };

export type CardKind = keyof typeof CARD_NUMBERS;

/** A card that the payer enters on a hosted page. */
export function buildCard(created: number, kind: CardKind, holder: Holder): PaymentMethod {
  return {
    ...ownedBy(created, holder),
    card: {
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: "visa",
      exp_month: 12,
      exp_year: 2045,
      fingerprint: `StandInCard${CARD_NUMBERS[kind]}0`,
      funding: "credit",
      generated_from: null,
      last4: CARD_NUMBERS[kind],
      networks: { available: ["visa"], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    type: "card",
  };
}

/** A bank account. The bank responds days after the debit. */
export function buildBankAccount(created: number, holder: Holder): PaymentMethod {
  return {
    ...ownedBy(created, holder),
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: "individual",
      account_type: "checking",
      bank_name: "STRIPE TEST BANK",
      financial_connections_account: null,
      fingerprint: "StandInAccount01",
      last4: "6789",
      networks: { preferred: "ach", supported: ["ach"] },
      routing_number: "110000000",
      status_details: {},
    },
  };
}

function ownedBy(created: number, { customer, email, name }: Holder): Omit<PaymentMethod, "type"> {
  return {
    id: newId("pm_1", 23),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    created,
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}
