import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { range, text, within } from "../parameters.ts";

export const disputes = [
  endpoint("GET", "/v1/disputes/:id", {}, ({ world, id }) => existing(world.state.disputes, "dispute", id)),

  listEndpoint(
    "/v1/disputes",
    { charge: text().optional(), created: range.optional(), payment_intent: text().optional() },
    ({ world }) => newestFirst(world.state.disputes),
    (dispute, { charge, created, payment_intent }) =>
      within(dispute.created, created) &&
      (charge === undefined || dispute.charge === charge) &&
      (payment_intent === undefined || dispute.payment_intent === payment_intent),
  ),
];
