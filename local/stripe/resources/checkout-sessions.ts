import * as z from "zod";
import { expireSession } from "../checkout.ts";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { email, oneOf, range, text, within } from "../parameters.ts";
import { createSession } from "../session-creation.ts";
import { CREATE_SESSION } from "../session-parameters.ts";

export const checkoutSessions = [
  endpoint("POST", "/v1/checkout/sessions", CREATE_SESSION, ({ world, parameters }) =>
    createSession(world, parameters),
  ),

  endpoint("GET", "/v1/checkout/sessions/:id", {}, ({ world, id }) =>
    existing(world.state.sessions, "checkout.session", id),
  ),

  endpoint("POST", "/v1/checkout/sessions/:id/expire", {}, ({ world, id }) => {
    const session = existing(world.state.sessions, "checkout.session", id);
    expireSession(world, session);
    return session;
  }),

  listEndpoint("/v1/checkout/sessions/:id/line_items", {}, ({ world, id }) => {
    existing(world.state.sessions, "checkout.session", id);
    return world.state.orders.get(id)?.line_items ?? [];
  }),

  listEndpoint(
    "/v1/checkout/sessions",
    {
      created: range.optional(),
      customer: text().optional(),
      customer_details: z.strictObject({ email }).optional(),
      payment_intent: text().optional(),
      status: oneOf("complete", "expired", "open").optional(),
      subscription: text().optional(),
    },
    ({ world }) => newestFirst(world.state.sessions),
    (session, { created, customer, customer_details, payment_intent, status, subscription }) =>
      within(session.created, created) &&
      (customer === undefined || session.customer === customer) &&
      (customer_details === undefined || session.customer_details?.email === customer_details.email) &&
      (payment_intent === undefined || session.payment_intent === payment_intent) &&
      (status === undefined || session.status === status) &&
      (subscription === undefined || session.subscription === subscription),
  ),
];
