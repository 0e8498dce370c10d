import Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Received } from "../http/schemas.ts";
import { applyOrPark } from "./apply.ts";
import { WebhookEventId } from "./schemas.ts";

/** How many seconds a signature stays valid, to prevent replays: https://docs.stripe.com/webhooks#replay-attacks */
const TOLERANCE = 300;

/** PostgreSQL cannot store a NUL. */
const ObjectId = z.string().regex(/^[^\0]*$/);

/** What we rely on in every event, whatever it is about. An upcoming invoice has no id yet. */
const Envelope = z.object({
  id: WebhookEventId.shape.id,
  type: z.string().regex(/^[\w.]{1,255}$/),
  created: z.int().positive(),
  data: z.object({ object: z.looseObject({ id: ObjectId.nullish() }) }),
});

const INVALID_EVENT = [400, "invalid_event", "The signature is valid, but the body is not a Stripe event."] as const;

/**
 * Verifies an event and applies it. Events may come in any order and more than once. If one fails but may work later,
 * we answer 5xx, and Stripe sends it again. If it would fail every time, we park it for a person to replay.
 */
export async function receiveStripeEvent(
  ctx: Context,
  { body, headers }: { body: Uint8Array; headers: Headers },
): Promise<Received> {
  const event = await verify(ctx, body, headers.get("Stripe-Signature") ?? "");
  if (!Envelope.safeParse(event).success) throw new Refusal(...INVALID_EVENT);
  await applyOrPark(ctx, event);
  return { received: true };
}

async function verify({ stripe, settings, now }: Context, body: Uint8Array, signature: string): Promise<Stripe.Event> {
  const crypto = Stripe.createSubtleCryptoProvider();
  let cause: unknown;
  const text = textOf(body);
  // Stripe's library rejects old signatures, but not ones from the future.
  if (text !== null && signedAt(signature) <= now.getTime() / 1000 + TOLERANCE)
    for (const secret of settings.STRIPE_WEBHOOK_SECRET) {
      try {
        return await stripe.webhooks.constructEventAsync(text, signature, secret, TOLERANCE, crypto);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
          throw new Refusal(...INVALID_EVENT, { cause: error });
        cause = error;
      }
    }
  const sentence = "The signature is missing, wrong, too old or dated in the future.";
  throw new Refusal(400, "invalid_signature", sentence, { cause });
}

/**
 * The text of a body, or null if the body is not UTF-8. The text encodes to the same bytes again. Stripe's library takes
 * bytes too. But it drops a byte order mark and replaces what is not UTF-8 before it checks the signature, so it would
 * accept a body that nobody signed.
 */
function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** When a signature says it was made, in seconds since 1970: its last `t`, as Stripe's library reads it, or NaN. */
const signedAt = (signature: string): number => Number.parseInt(/^(?:.*,)?t=([^,]*)/.exec(signature)?.[1] ?? "", 10);
