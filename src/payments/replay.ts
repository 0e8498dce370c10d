import { eq } from "drizzle-orm";
import { maybe, one } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { askOrNull } from "../stripe/client.ts";
import { agreementOn } from "./apply-event.ts";
import { effectsOf } from "./effects-of.ts";
import { record } from "./inbox.ts";
import { stripe_events } from "./tables.ts";
import { selectEvents } from "./webhook-events.ts";
import type { WebhookEvent } from "./webhook-events-schemas.ts";

/**
 * Applies an event again, or one that never came: it is fetched from Stripe. Returns what became of it. 404 when neither
 * of us knows it; 409 when Stripe does not any more, which is after 30 days.
 */
export async function replay(ctx: SignedInContext, id: string): Promise<WebhookEvent> {
  const row = () => selectEvents().where(eq(stripe_events.id, id));
  const [known] = await ctx.transact(maybe(row()));
  const event = await askOrNull(ctx.stripe.events.retrieve(id));
  if (!event && known)
    throw new Refusal(409, "event_gone", "Stripe has forgotten this event. Reconciliation compares what it was about.");
  if (!event) throw new Refusal(404, "event_not_found", "There is no such event.");
  const agreement = await agreementOn(ctx, event);
  const effects = await effectsOf(ctx, agreement);
  const [replayed] = await ctx.transact(...effects, ...record(event, agreement.outcome), one(row()));
  return replayed;
}
