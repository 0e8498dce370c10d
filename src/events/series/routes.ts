import { permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { repeatEvent } from "./repeat.ts";
import { Repeated, Repetition } from "./schemas.ts";

export const seriesRoutes = [
  route({
    method: "post",
    path: "/api/admin/events/{id}/repeat",
    tag: "Events (admin)",
    operationId: "repeatEvent",
    summary: "Repeat an event by a rule",
    description:
      "The event becomes the first of a series of up to 60. Each of the others is an event of its own, with the same details, cover and questions, and without answers. All take place at the same time by their own clock, also when clocks change. If the event is published, the others are too, and that needs `events.publish` as well.",
    access: permitted("events.create"),
    round_trips: 2, // the rule is worked out in between
    request: { params: ById, body: Repetition },
    response: { 201: Repeated },
    errors: [404, 409],
    handle: (ctx, { params, body }) => repeatEvent(ctx, params.id, body),
  }),
];
