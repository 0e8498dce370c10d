import { permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { SeriesScope } from "../series/following.ts";
import { createEvent } from "./create.ts";
import { deleteEvent } from "./delete.ts";
import { duplicateEvent } from "./duplicate.ts";
import { editEvent } from "./edit.ts";
import { getManagedEvent, listManagedEvents } from "./find.ts";
import { QuestionsInput, setQuestions } from "./questions.ts";
import {
  Duplication,
  EditOptions,
  EventChange,
  EventStatusChange,
  ManagedEvent,
  ManagedEventFilters,
  ManagedEventPage,
  NewEvent,
} from "./schemas.ts";
import { setEventStatus } from "./status.ts";

const tag = "Events (admin)";

export const eventAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/events",
    tag,
    operationId: "listManagedEvents",
    summary: "List all events",
    description: "With drafts. `from` and `to` are about the start.",
    access: permitted("events.view"),
    request: { query: ManagedEventFilters },
    response: { 200: ManagedEventPage },
    handle: (ctx, { query }) => listManagedEvents(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/events/{id}",
    tag,
    operationId: "getManagedEvent",
    summary: "Get an event, also a draft",
    access: permitted("events.view"),
    request: { params: ById },
    response: { 200: ManagedEvent },
    errors: [404],
    handle: (ctx, { params }) => getManagedEvent(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/events",
    tag,
    operationId: "createEvent",
    summary: "Create an event",
    description: "A draft, unless `published` is true. That needs `events.publish` as well.",
    access: permitted("events.create"),
    request: { body: NewEvent },
    response: { 201: ManagedEvent },
    handle: (ctx, { body }) => createEvent(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}",
    tag,
    operationId: "editEvent",
    summary: "Edit an event",
    description:
      "Fields that are left out stay as they are. A larger capacity gives seats to those who wait. If the time or the place changes, those who answered get an email, unless `notify` is false. The audit log records that. Changing `published` needs `events.publish` as well. With `series=following`, what is named becomes the same at this event and at those that follow: their start moves as far as that of this event, by the clock where they take place. If one of them cannot change, none does.",
    access: permitted("events.edit"),
    request: { params: ById, query: EditOptions, body: EventChange },
    response: { 200: ManagedEvent },
    errors: [404, 409],
    handle: (ctx, { params, query, body }) => editEvent(ctx, params.id, body, query),
  }),
  route({
    method: "delete",
    path: "/api/admin/events/{id}",
    tag,
    operationId: "deleteEvent",
    summary: "Delete an event",
    description:
      "An event that is still to come and that people answered must be canceled first. The answers are deleted with it, and with them who came.",
    access: permitted("events.delete"),
    request: { params: ById },
    response: { 200: Message },
    errors: [404, 409],
    handle: (ctx, { params }) => deleteEvent(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/status",
    tag,
    operationId: "setEventStatus",
    summary: "Publish, unpublish or cancel an event",
    description:
      "`cancelled` is for good. It emails everyone who said yes or maybe, and everyone who waits, once. An event that people answered cannot become a draft again. With `series=following`, it does so with this event and those that follow; whoever answered several gets an email for each, and drafts and events that are over are not canceled. Repeating changes nothing.",
    access: permitted("events.publish"),
    repeatable: true,
    request: { params: ById, query: SeriesScope, body: EventStatusChange },
    response: { 200: ManagedEvent },
    errors: [404, 409],
    handle: (ctx, { params, query, body }) => setEventStatus(ctx, params.id, body, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/duplicate",
    tag,
    operationId: "duplicateEvent",
    summary: "Copy an event",
    description: "Makes a draft with the same details, cover and questions, and without answers.",
    access: permitted("events.create"),
    request: { params: ById, body: Duplication },
    response: { 201: ManagedEvent },
    errors: [404],
    handle: (ctx, { params, body }) => duplicateEvent(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/questions",
    tag,
    operationId: "setQuestions",
    summary: "Set the questions of an event",
    description:
      "Replaces all questions. One that is left out is deleted, with its answers. Only holders of `events.rsvps` see answers, and they are deleted 30 days after the event. With `series=following`, the events that follow ask the same: a question that was worded the same there keeps its answers, and any other is deleted, with its answers.",
    access: permitted("events.edit"),
    request: { params: ById, query: SeriesScope, body: QuestionsInput },
    response: { 200: ManagedEvent },
    errors: [404, 409],
    handle: (ctx, { params, query, body }) => setQuestions(ctx, params.id, body, query),
  }),
];
