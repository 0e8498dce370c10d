import { invalidRequest } from "./errors.ts";
import {
  type Booking,
  buildBalanceTransaction,
  chargeBooking,
  chargeFailureBooking,
} from "./objects/balance-transaction.ts";
import { buildCharge, DECLINED, UNAUTHENTICATED, UNPAID } from "./objects/charge.ts";
import { buildPaymentIntent, type PaymentIntentInput } from "./objects/payment-intent.ts";
import type { BalanceTransaction, Charge, PaymentIntent, PaymentMethod } from "./wire.ts";
import type { World } from "./world.ts";

export function openIntent(world: World, input: PaymentIntentInput): PaymentIntent {
  const intent = buildPaymentIntent(world.now(input.customer), input);
  world.state.payment_intents.set(intent.id, intent);
  world.emit("payment_intent.created", intent);
  return intent;
}

/** Tries once to charge a card for an intent. `charge.paid` says whether it worked. */
export function charge(world: World, intent: PaymentIntent, card: PaymentMethod, declined: boolean): Charge {
  const attempt = begin(world, intent, card, declined);
  intent.next_action = null;
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
    intent.status = "requires_payment_method";
    world.emit("charge.failed", attempt);
    world.emit("payment_intent.payment_failed", intent);
    return attempt;
  }
  intent.payment_method = card.id;
  succeed(world, intent, attempt);
  return attempt;
}

/**
 * Debits a bank account for an intent. `settleDebit` gives the bank's response. The debit is on the balance from now on, as
 * https://docs.stripe.com/reports/balance-transaction-types says of `payment_failure_refund`.
 */
export function debit(world: World, intent: PaymentIntent, account: PaymentMethod): void {
  const attempt = begin(world, intent, account, false);
  attempt.balance_transaction = book(world, attempt.customer, chargeBooking(attempt)).id;
  intent.last_payment_error = null;
  intent.next_action = null;
  intent.payment_method = account.id;
  intent.status = "processing";
  world.emit("payment_intent.processing", intent);
  world.emit("charge.pending", attempt);
}

/** The bank's response, days later. */
export function settleDebit(world: World, intent: PaymentIntent, paid: boolean): void {
  const attempt = world.state.charges.get(intent.latest_charge ?? "");
  if (!attempt || intent.status !== "processing") {
    throw invalidRequest(`Payment intent ${intent.id} is not waiting for a bank: its status is ${intent.status}.`);
  }
  if (paid) {
    succeed(world, intent, attempt);
    return;
  }
  const account = world.state.payment_methods.get(intent.payment_method ?? "");
  attempt.failure_balance_transaction = book(world, attempt.customer, chargeFailureBooking(attempt)).id;
  attempt.amount_captured = 0;
  attempt.captured = false;
  attempt.failure_code = UNPAID.code;
  attempt.failure_message = UNPAID.message;
  attempt.status = "failed";
  intent.last_payment_error = {
    charge: attempt.id,
    code: "payment_intent_payment_attempt_failed",
    message: UNPAID.message,
    ...(account && { payment_method: account }),
    type: "api_error",
  };
  intent.payment_method = null;
  intent.status = "requires_payment_method";
  world.emit("charge.failed", attempt);
  world.emit("payment_intent.payment_failed", intent);
}

/** Asks the cardholder to authenticate before the charge (3-D Secure). */
export function challenge(world: World, intent: PaymentIntent, card: PaymentMethod, url: string): void {
  intent.next_action = { redirect_to_url: { return_url: null, url }, type: "redirect_to_url" };
  intent.payment_method = card.id;
  intent.status = "requires_action";
  world.emit("payment_intent.requires_action", intent);
}

/** The cardholder did not authenticate, so nothing was charged. */
export function failChallenge(world: World, intent: PaymentIntent, card: PaymentMethod): void {
  intent.last_payment_error = {
    code: "payment_intent_authentication_failure",
    message: UNAUTHENTICATED,
    payment_method: card,
    type: "card_error",
  };
  intent.next_action = null;
  intent.payment_method = null;
  intent.status = "requires_payment_method";
  world.emit("payment_intent.payment_failed", intent);
}

export function cancelIntent(
  world: World,
  intent: PaymentIntent,
  reason: NonNullable<PaymentIntent["cancellation_reason"]>,
): void {
  intent.canceled_at = world.now(intent.customer);
  intent.cancellation_reason = reason;
  intent.next_action = null;
  intent.status = "canceled";
  world.emit("payment_intent.canceled", intent);
}

function begin(world: World, intent: PaymentIntent, method: PaymentMethod, declined: boolean): Charge {
  const attempt = buildCharge(world.now(intent.customer), world.stripe_url, intent, method, declined);
  world.state.charges.set(attempt.id, attempt);
  intent.latest_charge = attempt.id;
  return attempt;
}

function succeed(world: World, intent: PaymentIntent, attempt: Charge): void {
  attempt.balance_transaction ??= book(world, attempt.customer, chargeBooking(attempt)).id;
  attempt.paid = true;
  attempt.status = "succeeded";
  intent.amount_received = intent.amount;
  intent.last_payment_error = null;
  intent.status = "succeeded";
  world.emit("payment_intent.succeeded", intent);
  world.emit("charge.succeeded", attempt);
}

/** Records a transaction on the account balance, at the customer's time. */
export function book(world: World, customer: string | null, booking: Booking): BalanceTransaction {
  const booked = buildBalanceTransaction(world.now(customer), booking);
  world.state.balance_transactions.set(booked.id, booked);
  return booked;
}
