import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { invalidRequest, missingParameter } from "../errors.ts";
import { existing } from "../lookup.ts";
import { buildRefund } from "../objects/refund.ts";
import { integer, mergeMetadata, metadata, oneOf, range, text, within } from "../parameters.ts";
import { settle } from "../payments.ts";
import type { Charge } from "../wire.ts";
import type { World } from "../world.ts";

const CREATE = {
  amount: integer(1).optional(),
  charge: text().optional(),
  metadata: metadata.optional(),
  payment_intent: text().optional(),
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer").optional(),
};

export const refunds = [
  endpoint("POST", "/v1/refunds", CREATE, ({ world, parameters }) => {
    const charge = refundable(world, parameters.charge, parameters.payment_intent);
    const left = charge.amount_captured - charge.amount_refunded;
    const { amount = left } = parameters;
    if (left === 0) {
      throw invalidRequest(`Charge ${charge.id} has already been refunded.`, undefined, "charge_already_refunded");
    }
    if (amount > left) {
      throw invalidRequest(`Refund amount (${amount}) is greater than the unrefunded amount (${left}).`, "amount");
    }
    const refund = buildRefund(world.now(charge.customer), charge, {
      amount,
      metadata: mergeMetadata({}, parameters.metadata),
      reason: parameters.reason ?? null,
    });
    refund.balance_transaction = settle(world, refund);
    world.state.refunds.set(refund.id, refund);
    const before = structuredClone(charge);
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount_captured;
    world.emit("charge.refunded", charge, before);
    world.emit("refund.created", refund);
    return refund;
  }),

  endpoint("GET", "/v1/refunds/:id", {}, ({ world, id }) => existing(world.state.refunds, "refund", id)),

  listEndpoint(
    "/v1/refunds",
    { charge: text().optional(), created: range.optional(), payment_intent: text().optional() },
    ({ world, parameters: { charge, created, payment_intent } }) =>
      newestFirst(world.state.refunds).filter(
        (refund) =>
          within(refund.created, created) &&
          (charge === undefined || refund.charge === charge) &&
          (payment_intent === undefined || refund.payment_intent === payment_intent),
      ),
  ),
];

/** The paid charge that either of the two parameters names. */
function refundable(world: World, charge: string | undefined, payment_intent: string | undefined): Charge {
  const { charges, payment_intents } = world.state;
  if (charge !== undefined && payment_intent !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: charge, payment_intent.", "charge");
  }
  if (charge === undefined && payment_intent === undefined) throw missingParameter("charge");
  const latest =
    charge ?? existing(payment_intents, "payment_intent", payment_intent ?? "", "payment_intent").latest_charge;
  const found = existing(charges, "charge", latest ?? "", charge === undefined ? "payment_intent" : "charge");
  if (!found.paid) throw invalidRequest(`Charge ${found.id} did not succeed, so there is nothing to refund.`);
  return found;
}
