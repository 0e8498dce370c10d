import { invalidRequest } from "./errors.ts";
import { refundBooking, refundFailureBooking } from "./objects/balance-transaction.ts";
import { buildRefund } from "./objects/refund.ts";
import { book } from "./payments.ts";
import type { Charge, Metadata, Refund } from "./wire.ts";
import type { World } from "./world.ts";

export interface RefundOrder {
  /** In cents. Undefined refunds everything that is left. */
  amount: number | undefined;
  metadata: Metadata;
  reason: Refund["reason"];
}

/**
 * Refunds all or part of a charge. A test rule can keep the refund pending, as if the account balance did not cover it
 * yet. The charge then already counts as refunded, but the balance does not change.
 */
export function refund(world: World, charge: Charge, order: RefundOrder): Refund {
  const left = charge.amount_captured - charge.amount_refunded;
  const { amount = left } = order;
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, undefined, "charge_already_refunded");
  }
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than the unrefunded amount (${left}).`, "amount");
  }
  const disputes = [...world.state.disputes.values()].filter((dispute) => dispute.charge === charge.id);
  if (disputes.some((dispute) => !dispute.is_charge_refundable)) {
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      "charge_disputed",
    );
  }
  const made = buildRefund(world.now(charge.customer), charge, { ...order, amount });
  if (staysPending(world, made, charge)) {
    made.status = "pending";
    made.pending_reason = "insufficient_funds";
  } else {
    made.balance_transaction = book(world, charge.customer, refundBooking(made, charge)).id;
  }
  world.state.refunds.set(made.id, made);
  const before = structuredClone(charge);
  countRefunded(charge, amount);
  world.emit("charge.refunded", charge, before);
  world.emit("refund.created", made);
  return made;
}

/** Completes a pending refund. */
export function settleRefund(world: World, pending: Refund): void {
  const charge = chargeOf(world, pending);
  if (pending.status !== "pending")
    throw invalidRequest(`Refund ${pending.id} is not pending: its status is ${pending.status}.`);
  const before = structuredClone(pending);
  pending.balance_transaction = book(world, charge.customer, refundBooking(pending, charge)).id;
  pending.status = "succeeded";
  delete pending.pending_reason;
  world.emit("refund.updated", pending, before);
}

/** A refund fails: the payer's bank returns it, or it was still pending. The charge no longer counts as refunded. */
export function failRefund(world: World, failing: Refund): void {
  const charge = chargeOf(world, failing);
  if (failing.status !== "succeeded" && failing.status !== "pending") {
    throw invalidRequest(`Refund ${failing.id} cannot fail: its status is ${failing.status}.`);
  }
  const before = structuredClone(failing);
  if (failing.balance_transaction !== null) {
    failing.failure_balance_transaction = book(world, charge.customer, refundFailureBooking(failing)).id;
  }
  failing.failure_reason = before.status === "pending" ? "insufficient_funds" : "expired_or_canceled_card";
  failing.status = "failed";
  delete failing.pending_reason;
  countRefunded(charge, -failing.amount);
  world.emit("refund.updated", failing, before);
  world.emit("refund.failed", failing, before);
  world.emit("charge.refund.updated", failing, before);
}

/** Updates a refund's metadata and emits an event. */
export function describeRefund(world: World, known: Refund, metadata: Metadata): void {
  const before = structuredClone(known);
  known.metadata = metadata;
  if (JSON.stringify(before) !== JSON.stringify(known)) world.emit("refund.updated", known, before);
}

/** Uses the newest rule whose text appears in the refund or its charge, or else the rule for all refunds. */
function staysPending(world: World, made: Refund, charge: Charge): boolean {
  const json = JSON.stringify([made, charge]);
  const rules = [...world.state.refund_rules].reverse();
  const rule = rules.find(([match]) => match !== "" && json.includes(match)) ?? rules.find(([match]) => match === "");
  return rule?.[1] === "pending";
}

function countRefunded(charge: Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
}

function chargeOf(world: World, { id, charge }: Refund): Charge {
  const found = world.state.charges.get(charge ?? "");
  if (!found) throw new Error(`${id} has no charge`);
  return found;
}
