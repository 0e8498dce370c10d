import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { range, text, within } from "../parameters.ts";

export const payments = [
  endpoint("GET", "/v1/payment_intents/:id", {}, ({ world, id }) =>
    existing(world.state.payment_intents, "payment_intent", id),
  ),

  endpoint("GET", "/v1/charges/:id", {}, ({ world, id }) => existing(world.state.charges, "charge", id)),

  listEndpoint(
    "/v1/charges",
    { created: range.optional(), customer: text().optional(), payment_intent: text().optional() },
    ({ world }) => newestFirst(world.state.charges),
    (charge, { created, customer, payment_intent }) =>
      within(charge.created, created) &&
      (customer === undefined || charge.customer === customer) &&
      (payment_intent === undefined || charge.payment_intent === payment_intent),
  ),

  endpoint("GET", "/v1/payment_methods/:id", {}, ({ world, id }) =>
    existing(world.state.payment_methods, "PaymentMethod", id),
  ),

  endpoint("GET", "/v1/prices/:id", {}, ({ world, id }) => existing(world.state.prices, "price", id)),
];
