import { open } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { getPublishedEvent, listPublishedEvents } from "./public.ts";
import { Event, EventFilters, EventPage } from "./schemas.ts";

const tag = "Events";

export const eventRoutes = [
  route({
    method: "get",
    path: "/api/events",
    tag,
    operationId: "listEvents",
    summary: "List events",
    access: open,
    request: { query: EventFilters },
    response: { 200: EventPage },
    handle: (ctx, { query }) => listPublishedEvents(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/events/{id}",
    tag,
    operationId: "getEvent",
    summary: "Get an event",
    access: open,
    request: { params: ById },
    response: { 200: Event },
    errors: [404],
    handle: (ctx, { params }) => getPublishedEvent(ctx, params.id),
  }),
];
