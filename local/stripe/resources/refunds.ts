import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { invalidRequest, missingParameter } from "../errors.ts";
import { existing } from "../lookup.ts";
import { integer, mergeMetadata, metadata, oneOf, range, text, within } from "../parameters.ts";
import { describeRefund, refund } from "../refunding.ts";
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
    return refund(world, charge, {
      amount: parameters.amount,
      metadata: mergeMetadata({}, parameters.metadata),
      reason: parameters.reason ?? null,
    });
  }),

  endpoint("POST", "/v1/refunds/:id", { metadata: metadata.optional() }, ({ world, id, parameters }) => {
    const known = existing(world.state.refunds, "refund", id);
    describeRefund(world, known, mergeMetadata(known.metadata ?? {}, parameters.metadata));
    return known;
  }),

  endpoint("GET", "/v1/refunds/:id", {}, ({ world, id }) => existing(world.state.refunds, "refund", id)),

  listEndpoint(
    "/v1/refunds",
    { charge: text().optional(), created: range.optional(), payment_intent: text().optional() },
    ({ world }) => newestFirst(world.state.refunds),
    (it, { charge, created, payment_intent }) =>
      within(it.created, created) &&
      (charge === undefined || it.charge === charge) &&
      (payment_intent === undefined || it.payment_intent === payment_intent),
  ),
];

/** The paid charge that one of the two parameters names. */
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
