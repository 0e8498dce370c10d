import type Stripe from "stripe";
import { afterAll } from "vitest";
import { controlFor, sdkFor } from "../../local/stripe/control-client.ts";
import { startStripe } from "../../local/stripe/server.ts";

/** A Stripe of a test file's own, with the SDK that speaks to it and its controls; it stops when the file is through. */
export async function ownStripe() {
  const { stripe_url, stop } = await startStripe({ port: 0, webhook_secret: "whsec_test" });
  afterAll(stop);
  const stripe = sdkFor(stripe_url);
  const eventsOf = (event_ids: string[]): Promise<Stripe.Event[]> =>
    Promise.all(event_ids.map((id) => stripe.events.retrieve(id)));
  const typesOf = async (event_ids: string[]): Promise<string[]> => (await eventsOf(event_ids)).map(({ type }) => type);
  return { stripe_url, stripe, control: controlFor(stripe_url), eventsOf, typesOf };
}
