import { endpoint } from "../endpoint.ts";
import { invalidRequest } from "../errors.ts";
import { existing } from "../lookup.ts";
import { buildPortalSession } from "../objects/portal-session.ts";
import { text, url } from "../parameters.ts";

/**
 * A session without a `configuration` uses the account's default one, which does not exist before somebody has saved the
 * portal's settings once. The error has no code. https://docs.stripe.com/customer-management/integrate-customer-portal
 */
const PORTAL_UNSAVED = invalidRequest(
  "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
);

export const portalSessions = [
  endpoint(
    "POST",
    "/v1/billing_portal/sessions",
    { customer: text(), return_url: url.optional() },
    ({ world, parameters: { customer, return_url } }) => {
      existing(world.state.customers, "customer", customer, "customer");
      if (world.state.portal_unsaved) throw PORTAL_UNSAVED;
      const session = buildPortalSession(world.now(null), world.stripe_url, customer, return_url ?? null);
      world.state.portal_sessions.set(session.id, session);
      return session;
    },
  ),
];
