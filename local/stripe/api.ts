import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Endpoint } from "./endpoint.ts";
import { invalidRequest, StripeError, type StripeErrorBody, unauthorized, unrecognizedUrl } from "./errors.ts";
import type { Fault, Faults } from "./faults.ts";
import { type Form, parseForm } from "./form.ts";
import type { Idempotency } from "./idempotency.ts";
import { newId } from "./ids.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import { account } from "./resources/account.ts";
import { balanceTransactions } from "./resources/balance-transactions.ts";
import { checkoutSessions } from "./resources/checkout-sessions.ts";
import { customers } from "./resources/customers.ts";
import { disputes } from "./resources/disputes.ts";
import { events } from "./resources/events.ts";
import { invoices } from "./resources/invoices.ts";
import { payments } from "./resources/payments.ts";
import { portalConfigurations } from "./resources/portal-configurations.ts";
import { portalSessions } from "./resources/portal-sessions.ts";
import { products } from "./resources/products.ts";
import { refunds } from "./resources/refunds.ts";
import { subscriptions } from "./resources/subscriptions.ts";
import { webhookEndpoints } from "./resources/webhook-endpoints.ts";
import type { StoredAnswer } from "./state.ts";
import { API_VERSION } from "./wire.ts";
import type { World } from "./world.ts";

export const ENDPOINTS: Endpoint[] = [
  ...account,
  ...customers,
  ...checkoutSessions,
  ...subscriptions,
  ...invoices,
  ...payments,
  ...products,
  ...refunds,
  ...disputes,
  ...balanceTransactions,
  ...portalConfigurations,
  ...portalSessions,
  ...events,
  ...webhookEndpoints,
];

export interface Parts {
  world: World;
  faults: Faults;
  idempotency: Idempotency;
  log: RequestLog;
}

type Env = { Bindings: HttpBindings };

/** Stripe's API. Mount it at `/v1`. */
export function api(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  for (const endpoint of ENDPOINTS) {
    app.on(endpoint.method, endpoint.path, (context) => answer(parts, context, endpoint));
  }
  app.all("/v1/*", (context) => answer(parts, context, undefined));
  return app;
}

/** Handles one request from start to finish. A fault can cut it short, like a network failure or an outage. */
async function answer(parts: Parts, context: Context<Env>, endpoint: Endpoint | undefined): Promise<Response> {
  const { faults, log, world } = parts;
  const { method, path } = context.req;
  const body = await context.req.text();
  const query = context.req.url.split("?")[1] ?? "";
  const request: LoggedRequest = {
    id: newId("req_", 14),
    method,
    path,
    idempotency_key: method === "POST" ? (context.req.header("Idempotency-Key") ?? null) : null,
    params: parseForm([query, body].filter(Boolean).join("&")),
    status: null,
    replayed: false,
  };
  log.add(request);
  const fault = faults.take(`${path}?${query}\n${decoded(body)}`);
  if (fault?.mode === "hang") await faults.wait(fault.ms ?? 60_000);
  if (fault?.mode === "hang" || fault?.mode === "drop") return disconnect(context);
  context.header("Request-Id", request.id);
  context.header("Stripe-Version", context.req.header("Stripe-Version") ?? API_VERSION);
  if (request.idempotency_key !== null) context.header("Idempotency-Key", request.idempotency_key);
  try {
    const text = await perform(parts, context, request, endpoint, fault);
    if (fault?.mode === "after") return disconnect(context);
    request.status = 200;
    return context.body(text, 200, { "Content-Type": "application/json" });
  } catch (error) {
    const refused = error instanceof StripeError ? error : brokenBy(error);
    request.status = refused.status;
    const shown: StripeErrorBody = {
      ...refused.body,
      request_log_url: `${world.stripe_url}/_control/requests?match=${request.id}`,
    };
    return new Response(JSON.stringify({ error: shown }, null, 2), {
      status: refused.status,
      headers: { ...Object.fromEntries(context.res.headers), "Content-Type": "application/json" },
    });
  }
}

async function perform(
  { faults, idempotency, world }: Parts,
  context: Context<Env>,
  request: LoggedRequest,
  endpoint: Endpoint | undefined,
  fault: Fault | undefined,
): Promise<string> {
  const failure = failureOf(fault);
  // A status below 500 is returned before the request is carried out.
  if (failure && failure.status < 500 && fault?.mode === "status") throw failure;
  authenticate(context.req.header("Authorization"));
  if (!endpoint) throw unrecognizedUrl(request.method, request.path);
  if (context.req.header("Content-Type")?.includes("json")) {
    throw invalidRequest("The request body must be form-encoded (application/x-www-form-urlencoded), not JSON.");
  }
  const delay = fault?.mode === "delay" ? (fault.ms ?? 0) : 0;
  const prepare = () => endpoint.prepare(world, context.req.param("id") ?? "", request.params);
  const key = request.idempotency_key;
  if (key === null) {
    await faults.wait(delay);
    if (failure) throw failure;
    return run(world, request, endpoint, prepare());
  }
  const fingerprint = JSON.stringify([request.path, sorted(request.params)]);
  const known = idempotency.begin(key, fingerprint);
  if (known) {
    request.replayed = true;
    context.header("Idempotent-Replayed", "true");
    context.header("Original-Request", known.request_id);
    if (known.failure) throw new StripeError(known.failure.status, known.failure.body);
    return known.body;
  }
  let done: StoredAnswer | undefined;
  try {
    await faults.wait(delay);
    const operation = prepare();
    const kept = { fingerprint, request_id: request.id, answered_at: Date.now() };
    try {
      if (failure) throw failure;
      const body = run(world, request, endpoint, operation);
      done = { ...kept, body };
      return body;
    } catch (error) {
      if (error instanceof StripeError)
        done = { ...kept, body: "", failure: { status: error.status, body: error.body } };
      throw error;
    }
  } finally {
    idempotency.finish(key, done);
  }
}

/** The error that a fault causes once a request is carried out. */
function failureOf(fault: Fault | undefined): StripeError | undefined {
  if (fault?.mode === "status")
    return new StripeError(fault.status, { type: "api_error", message: "A fault caused this error." });
  if (fault?.mode === "refuse") return invalidRequest("A fault caused this refusal.", undefined, fault.code);
  return undefined;
}

/** Runs the operation. An operation that changes data is one action: its events are sent together. */
function run(world: World, request: LoggedRequest, endpoint: Endpoint, operation: () => unknown): string {
  const cause = { id: request.id, idempotency_key: request.idempotency_key };
  const result = endpoint.method === "GET" ? operation() : world.act(cause, operation).result;
  return JSON.stringify(result, null, 2);
}

function authenticate(header: string | undefined): void {
  const [, scheme = "", credentials = ""] = /^(\w+) +(\S+)$/.exec(header ?? "") ?? [];
  const basic = scheme.toLowerCase() === "basic";
  const key = basic ? (Buffer.from(credentials, "base64").toString().split(":")[0] ?? "") : credentials;
  if (key === "" || (!basic && scheme.toLowerCase() !== "bearer")) {
    throw unauthorized("You did not provide an API key. Use it as a Bearer token or as the user name of Basic auth.");
  }
  if (!/^[sr]k_test_\w+$/.test(key)) throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}***`);
}

/** Closes the connection without an answer. To the caller it looks like a network failure. */
function disconnect(context: Context<Env>): Response {
  context.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

function brokenBy(error: unknown): StripeError {
  console.error(error);
  return new StripeError(500, { type: "api_error", message: `The Stripe stand-in failed: ${String(error)}` });
}

/** Sorts the parameters, so that the order they were sent in does not matter. */
function sorted(form: Form): Form {
  const entries = Object.entries(form).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === "string" ? value : sorted(value)]));
}

function decoded(body: string): string {
  return [...new URLSearchParams(body)].map(([key, value]) => `${key}=${value}`).join("&");
}
