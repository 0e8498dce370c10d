import { open, permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { checkInAtDoor, countWalkIn, showDoor, takeBackWalkIn } from "./door.ts";
import { createDoorLink, listDoorLinks, revokeDoorLink } from "./links.ts";
import { doorAfter, doorPage } from "./page.ts";
import {
  ByDoorToken,
  DoorCheckIn,
  DoorLink,
  DoorLinkFilters,
  DoorLinkOf,
  DoorLinkPage,
  DoorList,
  DoorScan,
  NewDoorLink,
  WalkIn,
} from "./schemas.ts";

const tag = "Events (admin)";
const helpers = "Door links";

export const doorRoutes = [
  route({
    method: "get",
    path: "/api/admin/events/{id}/door-links",
    tag,
    operationId: "listDoorLinks",
    summary: "List the door links of an event",
    description: "The newest first, with those that were revoked.",
    access: permitted("events.attendance"),
    request: { params: ById, query: DoorLinkFilters },
    response: { 200: DoorLinkPage },
    errors: [404],
    handle: (ctx, { params, query }) => listDoorLinks(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/events/{id}/door-links",
    tag,
    operationId: "createDoorLink",
    summary: "Make a link for helpers at the door",
    description:
      "Helpers need no account. Whoever knows the link sees who has a seat, from 2 hours before the start until 6 hours after the end. Make one for each helper, so that you can revoke them one by one.",
    access: permitted("events.attendance"),
    request: { params: ById, body: NewDoorLink },
    response: { 201: DoorLink },
    errors: [404, 409],
    handle: (ctx, { params, body }) => createDoorLink(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/events/{id}/door-links/{link_id}",
    tag,
    operationId: "revokeDoorLink",
    summary: "Revoke a door link",
    description: "It shows nothing from now on. Repeating it changes nothing.",
    access: permitted("events.attendance"),
    repeatable: true,
    request: { params: DoorLinkOf },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => revokeDoorLink(ctx, params),
  }),
  route({
    method: "get",
    path: "/api/door/{token}",
    tag: helpers,
    operationId: "showDoor",
    summary: "See who has a seat",
    description:
      "The names that people go by, their codes, and nothing else about them. With `scanned`, also whose code it was. 404 when the link does not work, whatever the reason. Browsers get a page with a button for each person. Has an ETag: an app that asks again and again sends it as `If-None-Match`, and gets 304 while nothing changes.",
    access: open,
    etag: true,
    request: { params: ByDoorToken, query: DoorScan },
    response: { 200: DoorList },
    errors: [404],
    page: doorPage,
    handle: (ctx, { params, query }) => showDoor(ctx, params, query),
  }),
  route({
    method: "post",
    path: "/api/door/{token}/check-in",
    tag: helpers,
    operationId: "checkInAtDoor",
    summary: "Check somebody in by their code at the door",
    description:
      "Coming moves a `pending_validation` person to `pre_validated`, and undoing it moves them back. Answers with the list as it is now, and in `just_checked_in` with whose code it was: if somebody had used it before, it says when. Repeating it changes nothing. Browsers are sent to the list (303).",
    access: open,
    request: { params: ByDoorToken, body: DoorCheckIn, form: true },
    response: { 200: DoorList },
    errors: [404, 409],
    see_other: doorAfter,
    form_at: "above",
    handle: (ctx, { params, body }) => checkInAtDoor(ctx, params, body),
  }),
  route({
    method: "post",
    path: "/api/door/{token}/walk-ins",
    tag: helpers,
    operationId: "countWalkIn",
    summary: "Count somebody without a seat",
    description:
      "Adds one to `walk_ins`, without a name. Needs no body. Answers with the list as it is now. Browsers are sent to the list (303).",
    access: open,
    request: { params: ByDoorToken, body: WalkIn, form: true },
    response: { 200: DoorList },
    errors: [404],
    see_other: doorAfter,
    form_at: "above",
    handle: (ctx, { params, body }) => countWalkIn(ctx, params, body),
  }),
  route({
    method: "delete",
    path: "/api/door/{token}/walk-ins",
    tag: helpers,
    operationId: "takeBackWalkIn",
    summary: "Take back a count of somebody without a seat",
    description:
      "Takes one from `walk_ins`, if somebody was counted with this link. Answers with the list as it is now.",
    access: open,
    request: { params: ByDoorToken },
    response: { 200: DoorList },
    errors: [404],
    handle: (ctx, { params }) => takeBackWalkIn(ctx, params),
  }),
];
