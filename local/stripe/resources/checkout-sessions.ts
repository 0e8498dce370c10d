import * as z from "zod";
import { expireSession } from "../checkout.ts";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { clearable, email, flag, integer, list, metadata, oneOf, range, text, url, within } from "../parameters.ts";
import { createSession } from "../session-creation.ts";
import { LINE_ITEM } from "../session-lines.ts";

const LOCALES =
  "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW";

const SUFFIX = text(22).regex(
  /^(?=.*[A-Za-z])[^<>\\'"*]+$/,
  ": A statement descriptor has a letter and none of <>\\'\"*",
);

export const CREATE = {
  allow_promotion_codes: flag.optional(),
  allowed_payment_method_types: list(oneOf("card", "us_bank_account")).optional(),
  billing_address_collection: oneOf("auto", "required").optional(),
  cancel_url: url.optional(),
  client_reference_id: text(200).optional(),
  customer: text().optional(),
  customer_creation: oneOf("always", "if_required").optional(),
  customer_email: email.optional(),
  expires_at: integer().optional(),
  line_items: list(LINE_ITEM),
  locale: text()
    .refine((value) => LOCALES.split(" ").includes(value), ": Invalid locale")
    .optional(),
  metadata: metadata.optional(),
  mode: oneOf("payment", "subscription"),
  payment_intent_data: z
    .strictObject({
      description: text(1000).optional(),
      metadata: metadata.optional(),
      receipt_email: email.optional(),
      statement_descriptor_suffix: SUFFIX.optional(),
    })
    .optional(),
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe").optional(),
  subscription_data: z
    .strictObject({ description: clearable(text(500)).optional(), metadata: metadata.optional() })
    .optional(),
  success_url: url,
};

export const checkoutSessions = [
  endpoint("POST", "/v1/checkout/sessions", CREATE, ({ world, parameters }) => createSession(world, parameters)),

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
