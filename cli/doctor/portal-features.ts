import type Stripe from "stripe";

/**
 * What members may do in Stripe's billing portal. Prices, plans, names and addresses are changed here alone: we would not
 * have checked a change in the portal. docs/operations.md says why.
 */
export const PORTAL_FEATURES = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true, mode: "at_period_end", proration_behavior: "none" },
  subscription_update: { enabled: false },
} as const satisfies Stripe.BillingPortal.ConfigurationUpdateParams.Features;

/** We send these to Stripe ourselves. */
const NOT_TO_EDIT = ["email", "name"] as const;

export function portalFaults({ active, features }: Stripe.BillingPortal.Configuration): string[] {
  const { customer_update, invoice_history, payment_method_update, subscription_cancel, subscription_update } =
    features;
  const edited = NOT_TO_EDIT.filter(
    (field) => customer_update.enabled && customer_update.allowed_updates.includes(field),
  );
  return [
    ...(active ? [] : ["its settings are not active"]),
    ...(payment_method_update.enabled ? [] : ["members cannot change their card"]),
    ...(invoice_history.enabled ? [] : ["members cannot see their invoices"]),
    ...(subscription_cancel.enabled ? [] : ["members cannot cancel"]),
    ...(subscription_cancel.enabled && subscription_cancel.mode !== "at_period_end"
      ? ["cancellations end at once"]
      : []),
    ...(subscription_cancel.enabled && subscription_cancel.proration_behavior !== "none"
      ? ["cancellations are prorated"]
      : []),
    ...(subscription_update.enabled ? ["members can switch plans there"] : []),
    ...edited.map((field) => `members can change their ${field} there`),
  ];
}

/** The settings to save: ours, and whatever is already chosen for the others. */
export function portalFeatures({ features }: Stripe.BillingPortal.Configuration) {
  const { enabled, allowed_updates } = features.customer_update;
  const kept = allowed_updates.filter((field) => !NOT_TO_EDIT.some((each) => each === field));
  return {
    ...PORTAL_FEATURES,
    customer_update: kept.length > 0 ? { enabled, allowed_updates: kept } : { enabled: false },
  };
}
