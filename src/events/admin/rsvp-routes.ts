import { permitted } from "../../access/access.ts";
import { CSV } from "../../http/export.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { markAttendance } from "./attendance.ts";
import { AttendeeFilters, AttendeePage, listAttendance } from "./attendance-list.ts";
import { CheckIn, CheckInInput, checkIn } from "./check-in.ts";
import { exportRsvps, RsvpExport } from "./export.ts";
import { NewRsvp, RemovalOptions, Rsvp, RsvpFilters, RsvpOf, RsvpPage } from "./rsvp-schemas.ts";
import { addRsvp, listRsvps, promoteRsvp, removeRsvp } from "./rsvps.ts";
import { Attendance, AttendanceInput } from "./schemas.ts";

const tag = "Events (admin)";

export const rsvpAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/events/{id}/rsvps",
    tag,
    operationId: "listRsvps",
    summary: "List the answers to an event",
    description: "In the order in which they came, which is that of the waiting list.",
    access: permitted("events.rsvps"),
    request: { params: ById, query: RsvpFilters },
    response: { 200: RsvpPage },
    errors: [404],
    handle: (ctx, { params, query }) => listRsvps(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/rsvps",
    tag,
    operationId: "addRsvp",
    summary: "Answer for somebody",
    description:
      "Whatever their status, and whether or not answers are open. The limits of seats and guests hold. People are told by email when they get a seat, and when a maybe costs them their seat or place in line.",
    access: permitted("events.rsvps"),
    request: { params: ById, body: NewRsvp },
    response: { 200: Rsvp },
    errors: [404, 409],
    handle: (ctx, { params, body }) => addRsvp(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/events/{id}/rsvps/{user_id}",
    tag,
    operationId: "removeRsvp",
    summary: "Remove somebody's answer",
    description:
      "Whoever said yes or maybe or waits gets an email, unless `notify` is false or the event is canceled or over. The seat goes to the first in line, unless `promote` is false.",
    access: permitted("events.rsvps"),
    request: { params: RsvpOf, query: RemovalOptions },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params, query }) => removeRsvp(ctx, params, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/rsvps/{user_id}/promote",
    tag,
    operationId: "promoteRsvp",
    summary: "Give a free seat to somebody who waits",
    description: "Whoever is before them in line. They get an email.",
    access: permitted("events.rsvps"),
    request: { params: RsvpOf },
    response: { 200: Rsvp },
    errors: [404, 409],
    handle: (ctx, { params }) => promoteRsvp(ctx, params),
  }),
  route({
    method: "get",
    path: "/api/admin/events/{id}/export",
    tag,
    operationId: "exportRsvps",
    summary: "Export the answers to an event",
    description:
      "A CSV file (RFC 4180, UTF-8) in the order of the answers. Times are in the organization's time zone. An apostrophe precedes text that a spreadsheet could take for a formula. What people answered to the event's questions is in it if you also hold `events.rsvps`. The audit log records the export and its filters, and each person in it sees it in their access log.",
    access: permitted("events.export"),
    request: { params: ById, query: RsvpExport },
    response: { 200: CSV },
    errors: [404],
    handle: (ctx, { params, query }) => exportRsvps(ctx, params.id, query),
  }),
  route({
    method: "get",
    path: "/api/admin/events/{id}/attendance",
    tag,
    operationId: "listAttendance",
    summary: "List whom to mark as present",
    description:
      "Everybody who answered, and who came without an answer, in the order of the answers. Only what it takes to mark them: no addresses, and no answers to the event's questions.",
    access: permitted("events.attendance"),
    request: { params: ById, query: AttendeeFilters },
    response: { 200: AttendeePage },
    errors: [404],
    handle: (ctx, { params, query }) => listAttendance(ctx, params.id, query),
  }),
  route({
    method: "put",
    path: "/api/admin/events/{id}/attendance",
    tag,
    operationId: "markAttendance",
    summary: "Mark who came",
    description:
      "For up to 500 people at once, also people without an answer. From 12 hours before the start. Coming moves a `pending_validation` person to `pre_validated`, and taking the mark back moves them back, unless something else happened to them since. Repeating it changes nothing.",
    access: permitted("events.attendance"),
    repeatable: true,
    request: { params: ById, body: AttendanceInput },
    response: { 200: Attendance },
    errors: [404, 409],
    handle: (ctx, { params, body }) => markAttendance(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/check-in",
    tag,
    operationId: "checkIn",
    summary: "Check somebody in by their code",
    description:
      "The code that a person shows at the door: `check_in_code` of their answer, typed or scanned. Scanning it twice changes nothing, and the second answer says when it was used before. It shows no more about the person than the list of whom to mark. From 12 hours before the start.",
    access: permitted("events.attendance"),
    request: { params: ById, body: CheckInInput },
    response: { 200: CheckIn },
    errors: [404, 409],
    handle: (ctx, { params, body }) => checkIn(ctx, params.id, body),
  }),
];
