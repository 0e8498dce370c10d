import { endpoint } from "../endpoint.ts";

/** What begins every line on a card statement. */
export const STATEMENT_PREFIX = "LOAF";

export const account = [
  endpoint("GET", "/v1/account", {}, () => ({
    id: "acct_local",
    object: "account",
    settings: {
      card_payments: { statement_descriptor_prefix: STATEMENT_PREFIX },
      payments: { statement_descriptor: STATEMENT_PREFIX },
    },
  })),
];
