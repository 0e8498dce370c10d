import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { currency, oneOf, range, text, within } from "../parameters.ts";

export const balanceTransactions = [
  endpoint("GET", "/v1/balance_transactions/:id", {}, ({ world, id }) =>
    existing(world.state.balance_transactions, "balance transaction", id),
  ),

  listEndpoint(
    "/v1/balance_transactions",
    {
      created: range.optional(),
      currency: currency.optional(),
      source: text().optional(),
      type: oneOf(
        "adjustment",
        "charge",
        "payment",
        "payment_failure_refund",
        "payment_refund",
        "payout",
        "refund",
        "refund_failure",
        "stripe_fee",
      ).optional(),
    },
    ({ world }) => newestFirst(world.state.balance_transactions),
    (booking, { created, currency: wanted, source, type }) =>
      within(booking.created, created) &&
      (wanted === undefined || booking.currency === wanted) &&
      (source === undefined || booking.source === source) &&
      (type === undefined || booking.type === type),
  ),
];
