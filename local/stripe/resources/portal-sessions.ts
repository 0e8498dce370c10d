import * as z from "zod";
import { endpoint } from "../endpoint.ts";
import { invalidRequest } from "../errors.ts";
import { existing } from "../lookup.ts";
import { buildPortalSession } from "../objects/portal-session.ts";
import { oneOf, text, url } from "../parameters.ts";
import type { PortalSession } from "../wire.ts";

/** The one flow that we use. https://docs.stripe.com/customer-management/portal-deep-links */
const FLOW = z.strictObject({
  type: oneOf("payment_method_update"),
  after_completion: z
    .strictObject({ type: oneOf("redirect"), redirect: z.strictObject({ return_url: url }) })
    .optional(),
});

const flowOf = ({ type, after_completion }: z.infer<typeof FLOW>): PortalSession["flow"] => ({
  type,
  after_completion: {
    type: after_completion?.type ?? "portal_homepage",
    redirect: after_completion?.redirect ?? null,
    hosted_confirmation: null,
  },
  customer_update: null,
  subscription_cancel: null,
  subscription_pause: null,
  subscription_update: null,
  subscription_update_confirm: null,
});

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
    { customer: text(), flow_data: FLOW.optional(), return_url: url.optional() },
    ({ world, parameters: { customer, flow_data, return_url } }) => {
      existing(world.state.customers, "customer", customer, "customer");
      if (world.state.portal_unsaved) throw PORTAL_UNSAVED;
      const session = buildPortalSession(
        world.now(null),
        world.stripe_url,
        customer,
        return_url ?? null,
        flow_data ? flowOf(flow_data) : null,
      );
      world.state.portal_sessions.set(session.id, session);
      return session;
    },
  ),
];
