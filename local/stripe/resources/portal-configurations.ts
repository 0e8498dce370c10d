import * as z from "zod";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { clearable, flag, list, oneOf } from "../parameters.ts";

const ENABLED = z.strictObject({ enabled: flag });

const FEATURES = z
  .strictObject({
    customer_update: z
      .strictObject({
        enabled: flag,
        allowed_updates: clearable(list(oneOf("address", "email", "name", "phone", "shipping", "tax_id"))),
      })
      .partial(),
    invoice_history: ENABLED,
    payment_method_update: ENABLED,
    subscription_cancel: z
      .strictObject({
        enabled: flag,
        mode: oneOf("at_period_end", "immediately"),
        proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
      })
      .partial(),
    subscription_update: ENABLED,
  })
  .partial();

/**
 * https://docs.stripe.com/api/customer_portal/configurations The default one, which sessions use, is made by saving the portal's
 * settings in the dashboard. The API cannot make it, but can change it.
 */
export const portalConfigurations = [
  listEndpoint(
    "/v1/billing_portal/configurations",
    { is_default: flag.optional(), active: flag.optional() },
    ({ world }) => (world.state.portal_unsaved ? [] : newestFirst(world.state.portal_configurations)),
    (configuration, { is_default, active }) =>
      (is_default ?? configuration.is_default) === configuration.is_default &&
      (active ?? configuration.active) === configuration.active,
  ),

  endpoint(
    "POST",
    "/v1/billing_portal/configurations/:id",
    { active: flag.optional(), features: FEATURES.optional() },
    ({ world, id, parameters: { active, features = {} } }) => {
      const known = existing(world.state.portal_configurations, "configuration", id);
      const { customer_update, invoice_history, payment_method_update, subscription_cancel, subscription_update } =
        features;
      if (active !== undefined) known.active = active;
      const { allowed_updates, ...rest } = customer_update ?? {};
      if (allowed_updates !== undefined) known.features.customer_update.allowed_updates = allowed_updates ?? [];
      Object.assign(known.features.customer_update, rest);
      Object.assign(known.features.invoice_history, invoice_history);
      Object.assign(known.features.payment_method_update, payment_method_update);
      Object.assign(known.features.subscription_cancel, subscription_cancel);
      Object.assign(known.features.subscription_update, subscription_update);
      return known;
    },
  ),
];
