import { open, permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { Received } from "../http/schemas.ts";
import { dismissEvent } from "./dismiss.ts";
import { listWebhookEvents } from "./list.ts";
import { replayEvent } from "./replay.ts";
import { WebhookEvent, WebhookEventFilters, WebhookEventId, WebhookEventPage } from "./schemas.ts";
import { receiveStripeEvent } from "./webhook.ts";

const tag = "Webhook events (admin)";

export const stripeEventRoutes = [
  route({
    method: "post",
    path: "/api/webhooks/stripe",
    tag: "Payments",
    operationId: "receiveStripeEvent",
    summary: "Receive an event from Stripe",
    description: "Stripe signs its events. They may come in any order and more than once.",
    access: open,
    request: { signed_body: true },
    response: { 200: Received },
    // One round trip, or two if a subscription does not carry our metadata: the first one finds its row.
    handle: (ctx, { raw }) => receiveStripeEvent(ctx, raw),
  }),
  route({
    method: "get",
    path: "/api/admin/webhook-events",
    tag,
    operationId: "listWebhookEvents",
    summary: "List the events that Stripe sent",
    description:
      "Newest first, each with its outcome. A `parked` event needs a person, and `reason` says why. We keep ids and types only, not what an event contains.",
    access: permitted("settings.audit"),
    request: { query: WebhookEventFilters },
    response: { 200: WebhookEventPage },
    handle: (ctx, { query }) => listWebhookEvents(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/webhook-events/{id}/replay",
    tag,
    operationId: "replayWebhookEvent",
    summary: "Apply one of Stripe's events again",
    description:
      "Fetches the event from Stripe, even one that never reached us, and brings our records in line with what Stripe says now. Stripe keeps events for 30 days.",
    access: permitted("settings.audit"),
    request: { params: WebhookEventId },
    response: { 200: WebhookEvent },
    errors: [404, 409],
    repeatable: true,
    round_trips: 2, // between them Stripe is asked, which may only happen once access has been checked; three as above
    handle: (ctx, { params }) => replayEvent(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/webhook-events/{id}/dismiss",
    tag,
    operationId: "dismissWebhookEvent",
    summary: "Dismiss a parked event",
    description:
      "For a parked event that needs nothing more: it becomes `ignored` and keeps its reason. An event that is not parked stays as it is.",
    access: permitted("settings.audit"),
    request: { params: WebhookEventId },
    response: { 200: WebhookEvent },
    errors: [404],
    repeatable: true,
    handle: (ctx, { params }) => dismissEvent(ctx, params.id),
  }),
];
