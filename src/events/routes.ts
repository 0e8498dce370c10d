import { open, openOrSignedIn, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { AnswerLink } from "./answer-link.ts";
import { askIfCannotCome, CannotCome, cannotCome } from "./cannot-come.ts";
import { listMyRsvps, MyRsvpFilters, MyRsvpPage } from "./my-rsvps.ts";
import { ComerPage, listComers } from "./people.ts";
import { getPublishedEvent, listPublishedEvents } from "./public.ts";
import { rsvp, withdraw } from "./rsvp.ts";
import { Event, EventFilters, EventPage, MyRsvp, RsvpInput } from "./schemas.ts";
import { getMyTicket, openTicket, Ticket, ticketPage } from "./ticket.ts";

const tag = "Events";

export const eventRoutes = [
  route({
    method: "get",
    path: "/api/events",
    tag,
    operationId: "listEvents",
    summary: "List events",
    description: "Published events. With an access token, each has my answer. `from` and `to` are about the start.",
    access: openOrSignedIn,
    public_for_a_minute: true,
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
    description: "Counts people and names nobody. With an access token, it has my answer and my place in line.",
    access: openOrSignedIn,
    public_for_a_minute: true,
    request: { params: ById },
    response: { 200: Event },
    errors: [404],
    handle: (ctx, { params }) => getPublishedEvent(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/events/{id}/rsvp",
    tag,
    operationId: "rsvp",
    summary: "Answer an event",
    description:
      "A yes takes seats for me and my guests, and is confirmed by email. If the event is full, it takes a place on the waiting list, if there is one: then `rsvp_status` is `waitlisted`. Answering again replaces the answer; `guests`, `show_name` and `answers` that are left out stay as they are. Giving up a seat, or that of a guest, works until the event starts, for everybody.",
    access: signedIn(),
    request: { params: ById, body: RsvpInput },
    response: { 200: MyRsvp },
    errors: [404, 409],
    handle: (ctx, { params, body }) => rsvp(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/events/{id}/rsvp",
    tag,
    operationId: "withdrawRsvp",
    summary: "Take back my answer",
    description: "Gives up my seat or my place in line. Works until the event starts. Repeating it changes nothing.",
    access: signedIn(),
    repeatable: true,
    request: { params: ById },
    response: { 200: MyRsvp },
    errors: [404, 409],
    handle: (ctx, { params }) => withdraw(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/events/{id}/ticket",
    tag,
    operationId: "getMyTicket",
    summary: "Get my ticket",
    description:
      "For somebody with a seat: the code that they show at the door, also as a QR code. 404 without a seat, and once the event is canceled or over.",
    access: signedIn(),
    request: { params: ById },
    response: { 200: Ticket },
    errors: [404],
    handle: (ctx, { params }) => getMyTicket(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/events/ticket",
    tag,
    operationId: "openTicketLink",
    summary: "Open the link to a ticket in an email",
    description: "Browsers get a page to show at the door. Nobody needs to sign in.",
    access: open,
    mailed: true,
    request: { query: AnswerLink },
    response: { 200: Ticket },
    errors: [404],
    page: ticketPage,
    handle: (ctx, { query }) => openTicket(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/events/{id}/people",
    tag,
    operationId: "listComers",
    summary: "List who comes and lets members see it",
    description:
      "For active members: the names of those who said yes with `show_name`, by name, and nothing else about them. Nobody once the event is over or canceled.",
    access: signedIn("active"),
    request: { params: ById, query: Paging },
    response: { 200: ComerPage },
    errors: [404],
    handle: (ctx, { params, query }) => listComers(ctx, params.id, query),
  }),
  route({
    method: "get",
    path: "/api/events/cannot-come",
    tag,
    operationId: "openCannotComeLink",
    summary: "Open the link that gives up a seat",
    description:
      "Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it gives up the seat, as POST does.",
    access: open,
    changes: true,
    request: { query: AnswerLink },
    response: { 200: Notice },
    errors: [404, 409],
    ask: (ctx, { query }) => askIfCannotCome(ctx, query),
    handle: (ctx, { query }) => cannotCome(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/events/cannot-come",
    tag,
    operationId: "cannotCome",
    summary: "Give up a seat by the link in an email",
    description: "Repeating it changes nothing.",
    access: open,
    repeatable: true,
    request: { body: CannotCome, form: true },
    response: { 200: Notice },
    errors: [404, 409],
    page,
    handle: (ctx, { body }) => cannotCome(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/members/rsvps",
    tag: "Members",
    operationId: "listMyRsvps",
    summary: "List my answers to events",
    access: signedIn(),
    request: { query: MyRsvpFilters },
    response: { 200: MyRsvpPage },
    handle: (ctx, { query }) => listMyRsvps(ctx, query),
  }),
];
