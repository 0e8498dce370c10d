import { invalidRequest } from "./errors.ts";
import { disputeBooking, disputeReversalBooking } from "./objects/balance-transaction.ts";
import { buildDispute } from "./objects/dispute.ts";
import { book } from "./payments.ts";
import type { Charge, Dispute } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * The payer's bank disputes a paid charge: everything not yet refunded, or `amount` in cents. An inquiry moves no
 * money. A dispute that follows an inquiry is the same object, escalated.
 */
export function openDispute(
  world: World,
  charge: Charge,
  { amount, inquiry }: { amount: number | undefined; inquiry: boolean },
): Dispute {
  const disputed = amount ?? charge.amount - charge.amount_refunded;
  const asked = inquiryOf(world, charge);
  if (asked && !inquiry) return escalate(world, asked);
  if (!charge.paid) throw invalidRequest(`Charge ${charge.id} did not succeed, so there is nothing to dispute.`);
  if (charge.disputed) throw invalidRequest(`Charge ${charge.id} is already disputed.`);
  if (disputed < 1 || disputed > charge.amount) {
    throw invalidRequest(
      `The disputed amount of charge ${charge.id} must be between 1 and ${charge.amount}, not ${disputed}.`,
    );
  }
  const dispute = buildDispute(world.now(charge.customer), charge, disputed, inquiry);
  world.state.disputes.set(dispute.id, dispute);
  charge.disputed = true;
  if (!inquiry) dispute.balance_transactions.push(book(world, charge.customer, disputeBooking(dispute)));
  world.emit("charge.dispute.created", dispute);
  if (!inquiry) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

const inquiryOf = ({ state }: World, { id }: Charge): Dispute | undefined =>
  [...state.disputes.values()].find(({ charge, status }) => charge === id && status === "warning_needs_response");

/** Turns an inquiry into a dispute because the response did not satisfy the bank. The money is withdrawn. */
function escalate(world: World, dispute: Dispute): Dispute {
  const before = structuredClone(dispute);
  const customer = world.state.charges.get(dispute.charge)?.customer ?? null;
  dispute.status = "needs_response";
  dispute.is_charge_refundable = false;
  dispute.balance_transactions.push(book(world, customer, disputeBooking(dispute)));
  world.emit("charge.dispute.funds_withdrawn", dispute, before);
  return dispute;
}

/**
 * Closes a dispute. An inquiry ends as `warning_closed`. Any other dispute ends as `won`, which returns the money, or
 * `lost`.
 */
export function closeDispute(world: World, dispute: Dispute, status: "won" | "lost" | "warning_closed"): void {
  const inquiry = dispute.status === "warning_needs_response";
  if (!inquiry && dispute.status !== "needs_response") {
    throw invalidRequest(`Dispute ${dispute.id} is already closed: its status is ${dispute.status}.`);
  }
  if (inquiry !== (status === "warning_closed")) {
    throw invalidRequest(`Dispute ${dispute.id} is ${dispute.status} and cannot end as ${status}.`);
  }
  const before = structuredClone(dispute);
  dispute.status = status;
  dispute.is_charge_refundable = status !== "lost";
  if (status === "won") {
    const customer = world.state.charges.get(dispute.charge)?.customer ?? null;
    dispute.balance_transactions.push(book(world, customer, disputeReversalBooking(dispute)));
  }
  world.emit("charge.dispute.closed", dispute, before);
  if (status === "won") world.emit("charge.dispute.funds_reinstated", dispute, before);
}
