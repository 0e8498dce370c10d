import Stripe from "stripe";
import type { Settings } from "../env.ts";
import { unavailable } from "../http/errors.ts";

const clients = new WeakMap<Settings, Stripe>();

/** Stripe's client: one per settings, so that it is made once per isolate. */
export function connectStripe(settings: Settings): Stripe {
  let client = clients.get(settings);
  if (!client) {
    const base = settings.STRIPE_API_BASE ? new URL(settings.STRIPE_API_BASE) : undefined;
    client = new Stripe(settings.STRIPE_SECRET_KEY, {
      httpClient: Stripe.createFetchHttpClient(),
      timeout: 10_000,
      maxNetworkRetries: 1,
      telemetry: false,
      ...(base && { protocol: base.protocol === "http:" ? "http" : "https", host: base.hostname, port: base.port }),
    });
    clients.set(settings, client);
  }
  return client;
}

/** Whether Stripe, and not what we asked of it, is the reason: nothing was decided, and trying again may work. */
const isUnavailable = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  (error instanceof Stripe.errors.StripeError &&
    (error.statusCode === undefined || error.statusCode >= 500 || error.statusCode === 409));

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
