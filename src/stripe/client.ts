import Stripe from "stripe";
import type { Settings } from "../env.ts";
import { Refusal, unavailable } from "../http/errors.ts";

type Access = Pick<Settings, "STRIPE_SECRET_KEY" | "STRIPE_API_BASE" | "STRIPE_TIMEOUT_MS">;

const clients = new WeakMap<Access, Stripe>();

/** Stripe's client. There is one per settings, so an isolate creates it once. */
export function connectStripe(settings: Access): Stripe {
  let client = clients.get(settings);
  if (!client) {
    const base = settings.STRIPE_API_BASE ? new URL(settings.STRIPE_API_BASE) : undefined;
    client = new Stripe(settings.STRIPE_SECRET_KEY, {
      httpClient: Stripe.createFetchHttpClient(),
      timeout: settings.STRIPE_TIMEOUT_MS,
      maxNetworkRetries: 1,
      telemetry: false,
      ...(base && { protocol: base.protocol === "http:" ? "http" : "https", host: base.hostname, port: base.port }),
    });
    clients.set(settings, client);
  }
  return client;
}

/** Whether Stripe answered 5xx. Stripe repeats that answer to every request with the same idempotency key. */
export const isStripeFault = (error: unknown): boolean => {
  const stripe = error instanceof Refusal ? error.cause : error;
  return stripe instanceof Stripe.errors.StripeError && (stripe.statusCode ?? 0) >= 500;
};

/**
 * Whether Stripe answered, so that it repeats its answer to every request with the same idempotency key for a day, even a
 * 4xx. A 409 is not such an answer: the first request is still being carried out.
 * https://docs.stripe.com/api/idempotent_requests
 */
export const isKeptAnswer = (error: unknown): boolean => {
  const stripe = error instanceof Refusal ? error.cause : error;
  return stripe instanceof Stripe.errors.StripeError && ![undefined, 409].includes(stripe.statusCode);
};

/** Whether Stripe does not know the object that we asked for. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";

/** Whether the failure is Stripe's and not our request's, so that trying again may work. */
const isUnavailable = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  // Without a status, the answer was cut short, or came from something between us and Stripe.
  (error instanceof Stripe.errors.StripeError && (error.statusCode === undefined || error.statusCode === 409)) ||
  isStripeFault(error);

/** Waits for Stripe's answer. 503 if there is none, or if Stripe fails or is overloaded. */
export async function ask<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (isUnavailable(error))
      throw unavailable("stripe_unavailable", "The payment service does not answer. Please try again.", error);
    throw error;
  }
}

/** Asks Stripe for an object. Null if Stripe does not know it, or no longer does. */
export const askOrNull = <T>(question: Promise<T>): Promise<T | null> =>
  ask(question).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });

/** Reads one of Stripe's lists page by page, 100 objects each, starting after the object with the id `after`. */
export async function* pages<Item extends { id: string }>(
  list: (page: { limit: number; starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
  after?: string | null,
): AsyncGenerator<Item[], void> {
  let last = after ?? undefined;
  for (;;) {
    const { data, has_more } = await ask(list({ limit: 100, ...(last && { starting_after: last }) }));
    yield data;
    last = data.at(-1)?.id;
    if (!has_more || !last) return;
  }
}
