import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { oneOf, range, text, within } from "../parameters.ts";

export const payments = [
  endpoint("GET", "/v1/payment_intents/:id", {}, ({ world, id }) =>
    existing(world.state.payment_intents, "payment_intent", id),
  ),

  endpoint("GET", "/v1/charges/:id", {}, ({ world, id }) => existing(world.state.charges, "charge", id)),

  endpoint("GET", "/v1/products/:id", {}, ({ world, id }) => existing(world.state.products, "product", id)),

  endpoint("GET", "/v1/prices/:id", {}, ({ world, id }) => existing(world.state.prices, "price", id)),

  endpoint("GET", "/v1/balance_transactions/:id", {}, ({ world, id }) =>
    existing(world.state.balance_transactions, "balance transaction", id),
  ),

  listEndpoint(
    "/v1/balance_transactions",
    {
      created: range.optional(),
      source: text().optional(),
      type: oneOf("charge", "refund").optional(),
    },
    ({ world, parameters: { created, source, type } }) =>
      newestFirst(world.state.balance_transactions).filter(
        (booking) =>
          within(booking.created, created) &&
          (source === undefined || booking.source === source) &&
          (type === undefined || booking.type === type),
      ),
  ),
];
