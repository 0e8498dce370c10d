import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { StripeErrorBody } from "./errors.ts";
import { defaultPortalConfiguration, type PortalConfiguration } from "./objects/portal-configuration.ts";
import type { WebhookEndpoint } from "./objects/webhook-endpoint.ts";
import type {
  BalanceTransaction,
  Charge,
  Customer,
  DeletedCustomer,
  Dispute,
  Event,
  Invoice,
  InvoicePayment,
  LineItem,
  Metadata,
  PaymentIntent,
  PaymentMethod,
  PortalSession,
  Price,
  Product,
  Refund,
  Session,
  Subscription,
} from "./wire.ts";

/** What a session will create. Stripe stores this but does not show it. */
export interface SessionOrder {
  line_items: LineItem[];
  subscription_data: { description: string | null; metadata: Metadata };
  payment_intent_data: {
    description: string | null;
    metadata: Metadata;
    receipt_email: string | null;
    statement_descriptor_suffix: string | null;
  };
  /** The payment intent that a declined card left behind. A later payment reuses it. */
  payment_intent: string | null;
  /** The card waiting for its holder to authenticate. */
  challenged_card: string | null;
}

export interface Delivery {
  event_id: string;
  lane: string;
  /** `pending` is sent automatically, `withheld` once released, and `manual` only on request. */
  state: "pending" | "withheld" | "manual" | "delivered" | "failed";
  copies: number;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  /** In real-time milliseconds. Null if nothing is scheduled. */
  next_attempt_at: number | null;
}

export interface StoredAnswer {
  fingerprint: string;
  body: string;
  /** The error to repeat, if the request failed. */
  failure?: { status: number; body: StripeErrorBody };
  request_id: string;
  /** In real-time milliseconds. */
  answered_at: number;
}

export interface State {
  /** How many seconds the clock of a customer or session is ahead of real time. */
  ahead: Map<string, number>;
  balance_transactions: Map<string, BalanceTransaction>;
  charges: Map<string, Charge>;
  customers: Map<string, Customer>;
  /** Whether the saved card of a customer or subscription will be declined. */
  declines: Map<string, boolean>;
  deleted_customers: Map<string, DeletedCustomer>;
  deliveries: Map<string, Delivery>;
  disputes: Map<string, Dispute>;
  events: Map<string, Event>;
  /** What becomes of a subscription whose renewal fails, by its id. An empty key holds the account's setting. */
  failure_rules: Map<string, string>;
  idempotency: Map<string, StoredAnswer>;
  invoice_payments: Map<string, InvoicePayment>;
  invoices: Map<string, Invoice>;
  orders: Map<string, SessionOrder>;
  payment_intents: Map<string, PaymentIntent>;
  payment_methods: Map<string, PaymentMethod>;
  portal_configurations: Map<string, PortalConfiguration>;
  portal_sessions: Map<string, PortalSession>;
  /** Whether nobody has saved the portal's settings yet. */
  portal_unsaved: boolean;
  prices: Map<string, Price>;
  products: Map<string, Product>;
  /** Whether refunds whose JSON contains the key stay pending. The newest rule wins. */
  refund_rules: Map<string, "pending" | "succeed">;
  refunds: Map<string, Refund>;
  sessions: Map<string, Session>;
  subscriptions: Map<string, Subscription>;
  /** For each subscription with an announced renewal, the end of its current period. */
  upcoming: Map<string, number>;
  webhook_endpoints: Map<string, WebhookEndpoint>;
}

export function emptyState(): State {
  return {
    ahead: new Map(),
    balance_transactions: new Map(),
    charges: new Map(),
    customers: new Map(),
    declines: new Map(),
    deleted_customers: new Map(),
    deliveries: new Map(),
    disputes: new Map(),
    events: new Map(),
    failure_rules: new Map(),
    idempotency: new Map(),
    invoice_payments: new Map(),
    invoices: new Map(),
    orders: new Map(),
    payment_intents: new Map(),
    payment_methods: new Map(),
    portal_configurations: new Map([["bpc_loaf_default", defaultPortalConfiguration()]]),
    portal_sessions: new Map(),
    portal_unsaved: false,
    prices: new Map(),
    products: new Map(),
    refund_rules: new Map(),
    refunds: new Map(),
    sessions: new Map(),
    subscriptions: new Map(),
    upcoming: new Map(),
    webhook_endpoints: new Map(),
  };
}

/** Reads the state that an earlier run saved, or returns an empty one. Only `StateFile` writes the file. */
export async function readState(path: string): Promise<State> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return emptyState();
    throw error;
  }
  const kept: Partial<State> = JSON.parse(text, (_, value) =>
    Array.isArray(value?.$map) ? new Map(value.$map) : value,
  );
  return { ...emptyState(), ...kept };
}

/** Saves the state soon after it changes. Batches changes and runs one write at a time. */
export class StateFile {
  readonly #path: string;
  readonly #state: State;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, state: State) {
    this.#path = path;
    this.#state = state;
  }

  changed(): void {
    this.#timer ??= setTimeout(() => void this.flush(), 50);
  }

  /** Writes to a temporary file and renames it, so that a reader or a crash never sees a partial state. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const text = JSON.stringify(this.#state, (_, value) => (value instanceof Map ? { $map: [...value] } : value));
      const beside = `${this.#path}.writing`;
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(beside, text);
      await rename(beside, this.#path);
    });
    return this.#writing;
  }
}
