import { open } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { findPublishedEvent, listPublishedEvents } from "./public.ts";
import { Event, EventFilters, EventPage } from "./schemas.ts";

const tag = "Events";

export const eventRoutes = [
  route({
    method: "get",
    path: "/api/events",
    tag,
    summary: "See what is on",
    access: open,
    request: { query: EventFilters },
    response: { 200: EventPage },
    handle: (ctx, { query }) => listPublishedEvents(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/events/{id}",
    tag,
    summary: "See one event",
    access: open,
    request: { params: ById },
    response: { 200: Event },
    errors: [404],
    handle: (ctx, { params }) => findPublishedEvent(ctx, params.id),
  }),
];
