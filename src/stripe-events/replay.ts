import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { agree } from "../stripe/agreement.ts";
import { askOrNull } from "../stripe/client.ts";
import { agreementOnEvent } from "./event-types.ts";
import { recordEvent, selectEvent } from "./inbox.ts";
import type { WebhookEvent } from "./schemas.ts";

/**
 * Fetches an event from Stripe and applies it again, or for the first time if it never reached us. 404 if neither Stripe
 * nor we know it; 409 if only we do: Stripe keeps events for 30 days.
 */
export async function replayEvent(ctx: SignedInContext, id: string): Promise<WebhookEvent> {
  const known = await ctx.transact((t) => t.maybe(selectEvent(id)));
  const event = await askOrNull(ctx.stripe.events.retrieve(id));
  const gone = "Stripe no longer has this event. Reconciliation checks what it was about instead.";
  if (!event && known) throw new Refusal(409, "event_gone", gone);
  if (!event) throw new Refusal(404, "event_not_found", "There is no such event.");
  const agreement = await agreementOnEvent(ctx, event);
  return agree(ctx, agreement, (t) => {
    recordEvent(t, event, agreement.outcome);
    return t.one(selectEvent(id));
  });
}
