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
  const byCard = charge.payment_method_details?.type === "card";
  if (!byCard && inquiry) throw invalidRequest(`A bank does not ask about a debit such as ${charge.id}.`);
  const dispute = buildDispute(world.now(charge.customer), charge, disputed, inquiry);
  world.state.disputes.set(dispute.id, dispute);
  charge.disputed = true;
  if (!byCard) return takeBack(world, charge, dispute);
  if (!inquiry) dispute.balance_transactions.push(book(world, charge.customer, disputeBooking(dispute)));
  world.emit("charge.dispute.created", dispute);
  if (!inquiry) world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/**
 * Nobody can contest that a bank takes a debit back: the dispute is lost from the first moment, and closed.
 * https://support.stripe.com/questions/respond-to-or-contest-an-ach-direct-debit-dispute-as-a-merchant
 */
function takeBack(world: World, { customer }: Charge, dispute: Dispute): Dispute {
  dispute.status = "lost";
  dispute.is_charge_refundable = false;
  dispute.evidence_details.due_by = null;
  dispute.balance_transactions.push(book(world, customer, disputeBooking(dispute)));
  world.emit("charge.dispute.funds_withdrawn", dispute);
  world.emit("charge.dispute.closed", dispute);
  return dispute;
}

/** Appeals against a lost dispute of a card. `Dispute.Status` in the SDK has the words; the money stays away meanwhile. */
export function appeal(world: World, dispute: Dispute): void {
  if (dispute.status !== "lost" || dispute.payment_method_details?.type !== "card")
    throw invalidRequest(`Dispute ${dispute.id} cannot be appealed.`);
  const before = structuredClone(dispute);
  dispute.status = "appeal_needs_response";
  world.emit("charge.dispute.updated", dispute, before);
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
  if (!inquiry && dispute.status !== "needs_response" && dispute.status !== "appeal_needs_response") {
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
