import * as z from "zod";
import { clearable, email, flag, integer, list, metadata, oneOf, text, url } from "./parameters.ts";
import { LINE_ITEM } from "./session-lines.ts";

const LOCALES =
  "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW";

const SUFFIX = text(22).regex(
  /^(?=.*[A-Za-z])[^<>\\'"*]+$/,
  ": A statement descriptor has a letter and none of <>\\'\"*",
);

/** What Stripe takes when a checkout session is created. */
export const CREATE_SESSION = {
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
