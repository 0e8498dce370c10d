import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { newId } from "../ids.ts";
import { existing } from "../lookup.ts";
import { buildWebhookEndpoint } from "../objects/webhook-endpoint.ts";
import { clearable, flag, list, text, url } from "../parameters.ts";

const EVENTS = list(text());

/** https://docs.stripe.com/api/webhook_endpoints They only stand here: `POST /_control/webhooks` sets where events go. */
export const webhookEndpoints = [
  endpoint(
    "POST",
    "/v1/webhook_endpoints",
    { url, enabled_events: EVENTS, api_version: text().optional(), description: clearable(text()).optional() },
    ({ world, parameters: { url: address, enabled_events, api_version, description } }) => {
      const made = buildWebhookEndpoint(world.now(null), {
        url: address,
        enabled_events,
        api_version: api_version ?? null,
        description: description ?? null,
      });
      world.state.webhook_endpoints.set(made.id, made);
      // Only this answer has the secret.
      return { ...made, secret: newId("whsec_", 32) };
    },
  ),

  endpoint("GET", "/v1/webhook_endpoints/:id", {}, ({ world, id }) =>
    existing(world.state.webhook_endpoints, "webhook endpoint", id),
  ),

  // The API version cannot be changed.
  endpoint(
    "POST",
    "/v1/webhook_endpoints/:id",
    { url: url.optional(), enabled_events: EVENTS.optional(), disabled: flag.optional() },
    ({ world, id, parameters: { url: address, enabled_events, disabled } }) => {
      const known = existing(world.state.webhook_endpoints, "webhook endpoint", id);
      if (address !== undefined) known.url = address;
      if (enabled_events !== undefined) known.enabled_events = enabled_events;
      if (disabled !== undefined) known.status = disabled ? "disabled" : "enabled";
      return known;
    },
  ),

  endpoint("DELETE", "/v1/webhook_endpoints/:id", {}, ({ world, id }) => {
    existing(world.state.webhook_endpoints, "webhook endpoint", id);
    world.state.webhook_endpoints.delete(id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),

  listEndpoint("/v1/webhook_endpoints", {}, ({ world }) => newestFirst(world.state.webhook_endpoints)),
];
