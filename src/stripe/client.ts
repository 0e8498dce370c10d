import Stripe from "stripe";
import type { Settings } from "../env.ts";
import { Refusal, unavailable } from "../http/errors.ts";

const clients = new WeakMap<Settings, Stripe>();

/** Stripe's client: one per settings, so that it is made once per isolate. */
export function connectStripe(settings: Settings): Stripe {
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

/** Whether Stripe failed with an answer (5xx), which it keeps for the request's idempotency key. */
export const isStripeFault = (error: unknown): boolean => {
  const stripe = error instanceof Refusal ? error.cause : error;
  return stripe instanceof Stripe.errors.StripeError && (stripe.statusCode ?? 0) >= 500;
};

/** Whether Stripe does not know the object that was asked for. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";

/** Whether Stripe, and not what we asked of it, is the reason: trying again may work. */
const isUnavailable = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  // Without a status it was no answer of Stripe's: cut short, or somebody else's on the way.
  (error instanceof Stripe.errors.StripeError && (error.statusCode === undefined || error.statusCode === 409)) ||
  isStripeFault(error);

/** Asks Stripe; when it does not answer, so does the API: 503. */
export async function ask<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (isUnavailable(error))
      throw unavailable("stripe_unavailable", "The payment service does not answer. Please try again.", error);
    throw error;
  }
}

/** Asks Stripe for an object; null where it does not know it, or not any more. */
export const askOrNull = <T>(question: Promise<T>): Promise<T | null> =>
  ask(question).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
