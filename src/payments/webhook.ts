import Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { applyOrPark } from "./apply-event.ts";
import type { Received } from "./schemas.ts";

/** Seconds that a signature stays good for, against replays: https://docs.stripe.com/webhooks#replay-attacks */
const TOLERANCE = 300;

/** What we rely on in every event, whatever it speaks of. */
const Envelope = z.object({
  id: z.string().regex(/^[\w-]{1,255}$/),
  type: z.string().regex(/^[\w.]{1,255}$/),
  created: z.int().positive(),
  // The database takes no NUL. An upcoming invoice has no id yet.
  data: z.object({
    object: z.looseObject({
      id: z
        .string()
        .regex(/^[^\0]*$/)
        .nullish(),
    }),
  }),
});

const NO_EVENT = [400, "invalid_event", "The signature is right, but this is no event."] as const;

/**
 * Takes in a signed event and applies it, whatever their order and number. What may work later answers 5xx, and Stripe
 * sends the event again; what would fail every time is parked, and a person can replay it.
 */
export async function receiveStripeEvent(ctx: Context, raw: { body: string; headers: Headers }): Promise<Received> {
  const event = await verify(ctx, raw);
  if (!Envelope.safeParse(event).success) throw new Refusal(...NO_EVENT);
  await applyOrPark(ctx, event);
  return { received: true };
}

async function verify(
  { stripe, settings, now }: Context,
  { body, headers }: { body: string; headers: Headers },
): Promise<Stripe.Event> {
  const signature = headers.get("Stripe-Signature") ?? "";
  const crypto = Stripe.createSubtleCryptoProvider();
  let cause: unknown;
  // Stripe's library looks at what is too old alone.
  if (signedAt(signature) <= now.getTime() / 1000 + TOLERANCE)
    for (const secret of settings.STRIPE_WEBHOOK_SECRET) {
      try {
        return await stripe.webhooks.constructEventAsync(body, signature, secret, TOLERANCE, crypto);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
          throw new Refusal(...NO_EVENT, { cause: error });
        cause = error;
      }
    }
  throw new Refusal(400, "invalid_signature", "The signature is missing, wrong, too old or of a time to come.", {
    cause,
  });
}

/** The seconds since 1970 that a signature is checked by: the last that it names; not a number where it names none. */
const signedAt = (signature: string): number => Number.parseInt(/^(?:.*,)?t=([^,]*)/.exec(signature)?.[1] ?? "", 10);
