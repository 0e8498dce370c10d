import { endpoint } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { buildPortalSession } from "../objects/portal-session.ts";
import { text, url } from "../parameters.ts";

export const portalSessions = [
  endpoint(
    "POST",
    "/v1/billing_portal/sessions",
    { customer: text(), return_url: url.optional() },
    ({ world, parameters: { customer, return_url } }) => {
      existing(world.state.customers, "customer", customer, "customer");
      const session = buildPortalSession(world.now(null), world.stripe_url, customer, return_url ?? null);
      world.state.portal_sessions.set(session.id, session);
      return session;
    },
  ),
];
