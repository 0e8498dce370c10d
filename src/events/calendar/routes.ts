import * as z from "zod";
import { open, signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { AnswerLink } from "../answer-link.ts";
import { CALENDAR } from "./calendar.ts";
import { answeredEventFile, eventFile, personalFeed, publicFeed } from "./feeds.ts";
import { CalendarToken, CalendarTokenInput, renewCalendarToken, revokeCalendarToken } from "./token.ts";

const tag = "Events";

const ByToken = z.object({
  token: z
    .string()
    .max(200)
    .transform((name) => name.replace(/\.ics$/, "")),
});

export const calendarRoutes = [
  route({
    method: "get",
    path: "/api/calendar.ics",
    tag,
    operationId: "publicCalendar",
    summary: "The events as a calendar",
    description: "For calendars to subscribe to. Canceled events stay, marked as such. Has an ETag.",
    access: open,
    public_for_a_minute: true,
    response: { 200: CALENDAR },
    handle: (ctx) => publicFeed(ctx),
  }),
  route({
    method: "get",
    path: "/api/events/{id}/calendar.ics",
    tag,
    operationId: "eventCalendar",
    summary: "An event as a file for a calendar",
    description: "Has an ETag.",
    access: open,
    public_for_a_minute: true,
    request: { params: ById },
    response: { 200: CALENDAR },
    errors: [404],
    handle: (ctx, { params }) => eventFile(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/events/calendar.ics",
    tag,
    operationId: "answeredEventCalendar",
    summary: "Open the link to an event's calendar file in an email",
    description: "With the place, if whoever got the email may know it. Nobody needs to sign in.",
    access: open,
    mailed: true,
    request: { query: AnswerLink },
    response: { 200: CALENDAR },
    errors: [404],
    handle: (ctx, { query }) => answeredEventFile(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/calendar/{token}.ics",
    tag,
    operationId: "personalCalendar",
    summary: "The events that a person answered, as a calendar",
    description:
      "For the person's own calendar. Unless they chose otherwise, it names no event and no place. Has an ETag. 404 once they revoked it.",
    access: open,
    credentials: true,
    request: { params: ByToken },
    response: { 200: CALENDAR },
    errors: [404],
    handle: (ctx, { params }) => personalFeed(ctx, params.token),
  }),
  route({
    method: "post",
    path: "/api/members/calendar-token",
    tag: "Members",
    operationId: "renewCalendarToken",
    summary: "Get the address of my calendar feed",
    description: "The address before it stops working.",
    access: signedIn(),
    request: { body: CalendarTokenInput },
    response: { 201: CalendarToken },
    handle: (ctx, { body }) => renewCalendarToken(ctx, body),
  }),
  route({
    method: "delete",
    path: "/api/members/calendar-token",
    tag: "Members",
    operationId: "revokeCalendarToken",
    summary: "Stop my calendar feed",
    description: "Repeating it changes nothing.",
    access: signedIn(),
    repeatable: true,
    response: { 200: Message },
    handle: (ctx) => revokeCalendarToken(ctx),
  }),
];
