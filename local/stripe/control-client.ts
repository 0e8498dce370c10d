import Stripe from "stripe";
import type { CardChange } from "./cards.ts";
import type { Attempt, Mode } from "./deliveries.ts";
import type { FaultInput } from "./faults.ts";
import type { LoggedRequest } from "./request-log.ts";

export interface DeliveryReport {
  event_id: string;
  type: string;
  state: "pending" | "withheld" | "manual" | "delivered" | "failed";
  delivered: boolean;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
}

/** The official Stripe SDK, connected to the stand-in. */
export function sdkFor(stripe_url: string): Stripe {
  const { hostname, port } = new URL(stripe_url);
  return new Stripe("sk_test_local", {
    host: hostname,
    port,
    protocol: "http",
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: 0,
  });
}

/**
 * Functions for the `/_control` endpoints, for tests. README.md describes each one. Throws if the response is not 2xx.
 */
export function controlFor(stripe_url: string) {
  async function call<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T> {
    const response = await fetch(`${stripe_url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
  const events = (path: string, body: object) => call<{ event_ids: string[] }>("POST", path, body);

  return {
    pay: (
      session: string,
      payer: { email?: string; name?: string; later?: boolean; three_d_secure?: "complete" } = {},
    ) => call<{ event_ids: string[]; redirect_url: string }>("POST", "pay", { session, ...payer }),
    payUnauthenticated: (session: string) => events("pay", { session, three_d_secure: "fail" }),
    settle: (session: string, succeed: boolean, retry = false) => events("settle", { session, succeed, retry }),
    payDeclined: (session: string) => events("pay", { session, decline: true }),
    expire: (session: string) => events("expire", { session }),
    advance: (days: number, match?: string) =>
      call<{ moved: string[]; event_ids: string[] }>("POST", "advance", { days, match }),
    decline: (owner: { customer: string } | { subscription: string }, decline: boolean) =>
      call<object>("POST", "decline", { ...owner, decline }),
    updateCard: (customer: string, card: CardChange) =>
      call<{ payment_method: string; event_ids: string[] }>("POST", "update_card", { customer, ...card }),
    pause: (subscription: string) => events("pause", { subscription }),
    portal: (saved: boolean) => call<object>("POST", "portal", { saved }),
    paymentFailures: (
      policy: "cancel" | "pause_first" | "pause_first_and_resume" | "pause_final" | "pause_final_and_resume",
      subscription?: string,
    ) => call<object>("POST", "payment_failures", { policy, subscription }),
    payInvoice: (invoice: string) => events("pay_invoice", { invoice }),
    settleInvoice: (invoice: string, succeed: boolean) => events("settle_invoice", { invoice, succeed }),
    dispute: (payment: ({ charge: string } | { payment_intent: string }) & { amount?: number; inquiry?: boolean }) =>
      call<{ dispute: string; event_ids: string[] }>("POST", "dispute", payment),
    closeDispute: (dispute: string, status: "won" | "lost" | "warning_closed") =>
      events("close_dispute", { dispute, status }),
    appealDispute: (dispute: string) => events("appeal_dispute", { dispute }),
    refundMode: (mode: "succeed" | "pending", match?: string) => call<object>("POST", "refunds", { mode, match }),
    settleRefund: (refund: string) => events("settle_refund", { refund }),
    failRefund: (refund: string) => events("fail_refund", { refund }),
    webhooks: (endpoint: { url?: string; secret?: string }) => call<object>("POST", "webhooks", endpoint),
    deliveryMode: (mode: Mode, match?: string) => call<object>("POST", "deliveries", { mode, match }),
    deliveries: async (match = "", after?: string): Promise<DeliveryReport[]> => {
      const path = `deliveries?match=${encodeURIComponent(match)}${after ? `&after=${after}` : ""}`;
      return (await call<{ deliveries: DeliveryReport[] }>("GET", path)).deliveries;
    },
    forgetEvents: () => call<{ forgotten: number }>("POST", "forget_events", {}),
    deliver: async (event_ids: string[], times = 1): Promise<Attempt[]> =>
      (await call<{ deliveries: Attempt[] }>("POST", "deliver", { event_ids, times })).deliveries,
    requests: async (match = ""): Promise<LoggedRequest[]> => {
      const path = `requests?match=${encodeURIComponent(match)}`;
      return (await call<{ requests: LoggedRequest[] }>("GET", path)).requests;
    },
    fault: (fault: FaultInput) => call<object>("POST", "faults", fault),
    clearFaults: () => call<object>("DELETE", "faults"),
  };
}
