import { noSuch } from "./errors.ts";
import type { State } from "./state.ts";

/** The objects a request can name, by id prefix. */
const KINDS = {
  ch: { kind: "charge", table: "charges" },
  cs: { kind: "checkout.session", table: "sessions" },
  cus: { kind: "customer", table: "customers" },
  du: { kind: "dispute", table: "disputes" },
  evt: { kind: "event", table: "events" },
  in: { kind: "invoice", table: "invoices" },
  pi: { kind: "payment_intent", table: "payment_intents" },
  pm: { kind: "PaymentMethod", table: "payment_methods" },
  price: { kind: "price", table: "prices" },
  prod: { kind: "product", table: "products" },
  py: { kind: "charge", table: "charges" },
  re: { kind: "refund", table: "refunds" },
  sub: { kind: "subscription", table: "subscriptions" },
  txn: { kind: "balance transaction", table: "balance_transactions" },
} as const satisfies Record<string, { kind: string; table: keyof State }>;

/** Finds an object of any kind by its id. */
export function find(state: State, id: string): object | undefined {
  const prefix = id.slice(0, id.indexOf("_"));
  const known = Object.entries(KINDS).find(([key]) => key === prefix);
  return known && (get(state[known[1].table], id) ?? state.deleted_customers.get(id));
}

function get(table: Map<string, object>, id: string): object | undefined {
  return table.get(id);
}

/** Finds an object by its id. Throws Stripe's `resource_missing`, with the parameter that named it. */
export function existing<T>(table: Map<string, T>, kind: string, id: string, param = "id"): T {
  const found = table.get(id);
  if (found === undefined) throw noSuch(kind, id, param);
  return found;
}
