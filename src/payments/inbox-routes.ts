import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { dismiss } from "./dismiss.ts";
import { replay } from "./replay.ts";
import { listWebhookEvents } from "./webhook-events.ts";
import { EventId, WebhookEvent, WebhookEventFilters, WebhookEventPage } from "./webhook-events-schemas.ts";

const tag = "Webhook events (admin)";

export const inboxRoutes = [
  route({
    method: "get",
    path: "/api/admin/webhook-events",
    tag,
    summary: "See what Stripe told us",
    description:
      "Newest first, with what became of each event. `parked` ones need a person: `reason` says why. Ids and types only; what an event is about is looked up at Stripe.",
    access: permitted("settings.audit"),
    request: { query: WebhookEventFilters },
    response: { 200: WebhookEventPage },
    handle: (ctx, { query }) => listWebhookEvents(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/webhook-events/{id}/replay",
    tag,
    summary: "Apply one of Stripe's events again",
    description:
      "Fetches it from Stripe, also when it never came, and makes our records agree with what Stripe says now. Stripe remembers events for 30 days.",
    access: permitted("settings.audit"),
    request: { params: EventId },
    response: { 200: WebhookEvent },
    errors: [404, 409],
    repeatable: true,
    round_trips: 2, // Stripe is asked between finding out who asks and applying it
    handle: (ctx, { params }) => replay(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/webhook-events/{id}/dismiss",
    tag,
    summary: "Set a parked event aside",
    description:
      "For one that nothing is left to do about: it is `ignored` from now on, with its reason. One that is not parked stays as it is.",
    access: permitted("settings.audit"),
    request: { params: EventId },
    response: { 200: WebhookEvent },
    errors: [404],
    repeatable: true,
    handle: (ctx, { params }) => dismiss(ctx, params.id),
  }),
];
