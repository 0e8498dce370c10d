import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { existing } from "../lookup.ts";
import { flag, list, range, text, within } from "../parameters.ts";

export const events = [
  endpoint("GET", "/v1/events/:id", {}, ({ world, id }) => existing(world.state.events, "event", id)),

  listEndpoint(
    "/v1/events",
    {
      created: range.optional(),
      delivery_success: flag.optional(),
      type: text().optional(),
      types: list(text(), 20).optional(),
    },
    ({ world }) => newestFirst(world.state.events),
    (event, { created, delivery_success, type, types }) =>
      within(event.created, created) &&
      (delivery_success === undefined || (event.pending_webhooks === 0) === delivery_success) &&
      (type === undefined || matches(event.type, type)) &&
      (types === undefined || types.includes(event.type)),
  ),
];

/** `type` may end in a wildcard, such as `customer.subscription.*`. */
function matches(type: string, pattern: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
