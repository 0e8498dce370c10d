import * as z from "zod";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { invalidRequest } from "../errors.ts";
import { payOutside, voidInvoice } from "../invoicing.ts";
import { existing } from "../lookup.ts";
import { flag, oneOf, range, text, within } from "../parameters.ts";
import { followInvoice, subscriptionOf } from "../subscribing.ts";

export const invoices = [
  endpoint("GET", "/v1/invoices/:id", {}, ({ world, id }) => existing(world.state.invoices, "invoice", id)),

  endpoint(
    "POST",
    "/v1/invoices/:id/pay",
    { paid_out_of_band: flag },
    ({ world, id, parameters: { paid_out_of_band } }) => {
      const invoice = existing(world.state.invoices, "invoice", id);
      if (!paid_out_of_band) throw invalidRequest("The stand-in only takes payments outside of Stripe here.");
      payOutside(world, invoice);
      const subscription = world.state.subscriptions.get(subscriptionOf(invoice) ?? "");
      if (subscription) followInvoice(world, subscription, invoice);
      return invoice;
    },
  ),

  endpoint("POST", "/v1/invoices/:id/void", {}, ({ world, id }) => {
    const invoice = existing(world.state.invoices, "invoice", id);
    voidInvoice(world, invoice);
    const subscription = world.state.subscriptions.get(subscriptionOf(invoice) ?? "");
    if (subscription) followInvoice(world, subscription, invoice);
    return invoice;
  }),

  listEndpoint(
    "/v1/invoices/:id/lines",
    {},
    ({ world, id }) => existing(world.state.invoices, "invoice", id).lines.data,
  ),

  listEndpoint(
    "/v1/invoices",
    {
      created: range.optional(),
      customer: text().optional(),
      status: oneOf("draft", "open", "paid", "uncollectible", "void").optional(),
      subscription: text().optional(),
    },
    ({ world }) => newestFirst(world.state.invoices),
    (invoice, { created, customer, status, subscription }) =>
      within(invoice.created, created) &&
      (customer === undefined || invoice.customer === customer) &&
      (status === undefined || invoice.status === status) &&
      (subscription === undefined || subscriptionOf(invoice) === subscription),
  ),

  /** A payment intent does not name its invoice. This list finds it. */
  listEndpoint(
    "/v1/invoice_payments",
    {
      invoice: text().optional(),
      payment: z.strictObject({ payment_intent: text(), type: oneOf("payment_intent") }).optional(),
      status: oneOf("canceled", "open", "paid").optional(),
    },
    ({ world }) => newestFirst(world.state.invoice_payments),
    (it, { invoice, payment, status }) =>
      (invoice === undefined || it.invoice === invoice) &&
      (payment === undefined || it.payment.payment_intent === payment.payment_intent) &&
      (status === undefined || it.status === status),
  ),
];
