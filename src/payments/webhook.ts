import Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { record } from "./inbox.ts";
import type { Received } from "./schemas.ts";
import { ask, isMissing } from "./stripe.ts";
import { OurMetadata, readParts } from "./subscription-parts.ts";
import { synchronise } from "./synchronise-subscription.ts";

/** Seconds that a signature stays good for, against replays: https://docs.stripe.com/webhooks#replay-attacks */
const TOLERANCE = 300;

/** What we rely on in every event, whatever it speaks of. */
const Envelope = z.object({
  id: z.string().regex(/^[\w-]{1,255}$/),
  type: z.string().regex(/^[\w.]{1,255}$/),
  created: z.int().positive(),
  data: z.object({ object: z.looseObject({}) }),
});

/**
 * Takes in a signed event. An event about a subscription makes us fetch it and agree with what Stripe says now, so the
 * order and number of events do not matter. A failure answers 5xx, and Stripe sends the event again.
 */
export async function receiveStripeEvent(ctx: Context, raw: { body: string; headers: Headers }): Promise<Received> {
  const event = await verify(ctx, raw);
  if (!Envelope.safeParse(event).success)
    throw new Refusal(400, "invalid_event", "The signature is right, but this is no event.");
  const stripe_subscription_id = subscriptionOf(event);
  if (stripe_subscription_id) await applySubscriptionEvent(ctx, event, stripe_subscription_id);
  else await ctx.transact(record(event, { status: "ignored", reason: "not of interest" }));
  return { received: true };
}

async function verify(
  { stripe, settings }: Context,
  { body, headers }: { body: string; headers: Headers },
): Promise<Stripe.Event> {
  try {
    return await stripe.webhooks.constructEventAsync(
      body,
      headers.get("Stripe-Signature") ?? "",
      settings.STRIPE_WEBHOOK_SECRET,
      TOLERANCE,
      Stripe.createSubtleCryptoProvider(),
    );
  } catch (error) {
    throw new Refusal(400, "invalid_signature", "The signature is missing, wrong or too old.", { cause: error });
  }
}

/** The subscription that an event tells news of, when it is one that we act on. */
function subscriptionOf(event: Stripe.Event): string | null {
  switch (event.type) {
    case "checkout.session.completed":
      return idOf(event.data.object.subscription);
    case "invoice.paid":
    case "invoice.payment_succeeded":
      return idOf(event.data.object.parent?.subscription_details?.subscription);
    default:
      return null;
  }
}

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === "object" ? (reference?.id ?? null) : (reference ?? null);

async function applySubscriptionEvent(ctx: Context, event: Stripe.Event, id: string): Promise<void> {
  const subscription = await ask(
    ctx.stripe.subscriptions.retrieve(id, { expand: ["items.data.price.product", "latest_invoice"] }),
  ).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (!subscription) {
    await ctx.transact(record(event, { status: "parked", reason: "Stripe does not know the subscription" }));
    return;
  }
  const ours = OurMetadata.safeParse(subscription.metadata);
  const parts = readParts(subscription);
  if (!ours.success || !parts) await ctx.transact(record(event, { status: "ignored", reason: "not ours" }));
  else await synchronise(ctx, event, { subscription, parts, ours: ours.data });
}
