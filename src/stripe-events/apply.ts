import Stripe from "stripe";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { describe, log } from "../http/log.ts";
import { agree } from "../stripe/agreement.ts";
import { agreementOnEvent } from "./event-types.ts";
import { recordEvent } from "./inbox.ts";

/**
 * Applies and records an event in one transaction. An event that would fail every time is parked, for a person to replay.
 * Throws what may work later; then nothing has been done.
 */
export async function applyOrPark(ctx: Context, event: Stripe.Event): Promise<void> {
  try {
    const agreement = await agreementOnEvent(ctx, event);
    await agree(ctx, agreement, (t) => recordEvent(t, event, agreement.outcome));
  } catch (error) {
    if (isTransient(error)) throw error;
    const what = describe(error);
    log({ level: "error", event: "stripe_event_parked", request_id: ctx.request_id, id: event.id, ...what });
    const reason = ["failed:", what.error, what.error_code].filter(Boolean).join(" ");
    await ctx.transact((t) => recordEvent(t, event, { status: "parked", reason }));
  }
}

/** Stripe or the database did not answer, or Stripe rejected our key. It works later, or once the key is fixed. */
const isTransient = (error: unknown) =>
  (error instanceof Refusal && error.status >= 500) ||
  error instanceof Stripe.errors.StripeAuthenticationError ||
  error instanceof Stripe.errors.StripePermissionError;
