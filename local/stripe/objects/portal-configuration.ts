import type Stripe from "stripe";

export type PortalConfiguration = Stripe.BillingPortal.Configuration;

/** What the dashboard saves when somebody changes nothing. https://docs.stripe.com/api/customer_portal/configurations/object */
export const defaultPortalConfiguration = (): PortalConfiguration => ({
  id: "bpc_loaf_default",
  object: "billing_portal.configuration",
  active: true,
  application: null,
  business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
  created: 0,
  default_return_url: null,
  features: {
    customer_update: { allowed_updates: ["email", "address", "phone", "tax_id"], enabled: true },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true, payment_method_configuration: null },
    subscription_cancel: {
      cancellation_reason: { enabled: false, feedback_options: null, options: ["too_expensive", "unused", "other"] },
      enabled: true,
      mode: "at_period_end",
      proration_behavior: "none",
    },
    subscription_pause: {
      duration: { type: "interval_options", interval_options: [{ interval: "month", interval_count: 1 }] },
      enabled: false,
    },
    subscription_update: {
      billing_cycle_anchor: null,
      default_allowed_updates: [],
      enabled: false,
      proration_behavior: "none",
      schedule_at_period_end: { conditions: [] },
      trial_update_behavior: "end_trial",
    },
  },
  is_default: true,
  livemode: false,
  login_page: { enabled: false, url: null },
  metadata: {},
  name: null,
  updated: 0,
});
