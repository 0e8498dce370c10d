import { buildBalanceTransaction, buildCharge, DECLINED } from "./objects/charge.ts";
import { buildPaymentIntent, type PaymentIntentInput } from "./objects/payment-intent.ts";
import type { Charge, PaymentIntent, PaymentMethod, Refund } from "./wire.ts";
import type { World } from "./world.ts";

export function openIntent(world: World, input: PaymentIntentInput): PaymentIntent {
  const intent = buildPaymentIntent(world.now(input.customer), input);
  world.state.payment_intents.set(intent.id, intent);
  world.emit("payment_intent.created", intent);
  return intent;
}

/** Tries once to collect an intent's amount from a card; whether it worked is `charge.paid`. */
export function charge(world: World, intent: PaymentIntent, card: PaymentMethod, declined: boolean): Charge {
  const attempt = buildCharge(world.now(intent.customer), world.stripe_url, intent, card, declined);
  world.state.charges.set(attempt.id, attempt);
  intent.latest_charge = attempt.id;
  if (declined) {
    intent.last_payment_error = {
      advice_code: "try_again_later",
      charge: attempt.id,
      code: DECLINED.code,
      decline_code: DECLINED.decline_code,
      message: DECLINED.message,
      network_decline_code: "01",
      payment_method: card,
      type: "card_error",
    };
    world.emit("charge.failed", attempt);
    world.emit("payment_intent.payment_failed", intent);
    return attempt;
  }
  attempt.balance_transaction = settle(world, attempt);
  intent.amount_received = intent.amount;
  intent.last_payment_error = null;
  intent.payment_method = card.id;
  intent.status = "succeeded";
  world.emit("payment_intent.succeeded", intent);
  world.emit("charge.succeeded", attempt);
  return attempt;
}

export function cancelIntent(world: World, intent: PaymentIntent): void {
  intent.canceled_at = world.now(intent.customer);
  intent.cancellation_reason = "automatic";
  intent.status = "canceled";
  world.emit("payment_intent.canceled", intent);
}

/** Books a charge or a refund on the account's balance; returns the booking's id. */
export function settle(world: World, source: Charge | Refund): string {
  const booking = buildBalanceTransaction(world.now(source.customer), source);
  world.state.balance_transactions.set(booking.id, booking);
  return booking.id;
}
