import Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import { applyEvent } from "./apply-event.ts";
import { record } from "./inbox.ts";
import type { Received } from "./schemas.ts";

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
 * Takes in a signed event and applies it, whatever their order and number. What may work later answers 5xx, and Stripe
 * sends the event again; what would fail every time is parked, and a person can replay it.
 */
export async function receiveStripeEvent(ctx: Context, raw: { body: string; headers: Headers }): Promise<Received> {
  const event = await verify(ctx, raw);
  if (!Envelope.safeParse(event).success)
    throw new Refusal(400, "invalid_event", "The signature is right, but this is no event.");
  try {
    await applyEvent(ctx, event);
  } catch (error) {
    if (isTransient(error)) throw error;
    const what = describe(error);
    log({ level: "error", event: "stripe_event_parked", request_id: ctx.request_id, id: event.id, ...what });
    const reason = ["failed:", what.error, what.error_code].filter(Boolean).join(" ");
    await ctx.transact(record(event, { status: "parked", reason }));
  }
  return { received: true };
}

/** Stripe or the database does not answer, or Stripe does not accept our key: later, or once that is mended, it will work. */
const isTransient = (error: unknown) =>
  (error instanceof Refusal && error.status >= 500) ||
  error instanceof Stripe.errors.StripeAuthenticationError ||
  error instanceof Stripe.errors.StripePermissionError;

async function verify(
  { stripe, settings }: Context,
  { body, headers }: { body: string; headers: Headers },
): Promise<Stripe.Event> {
  const signature = headers.get("Stripe-Signature") ?? "";
  const crypto = Stripe.createSubtleCryptoProvider();
  let cause: unknown;
  for (const secret of settings.STRIPE_WEBHOOK_SECRET) {
    try {
      return await stripe.webhooks.constructEventAsync(body, signature, secret, TOLERANCE, crypto);
    } catch (error) {
      cause = error;
    }
  }
  throw new Refusal(400, "invalid_signature", "The signature is missing, wrong or too old.", { cause });
}
