import { permitted, permittedByAny } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { User } from "../schemas.ts";
import { approveMany } from "./approve-many.ts";
import { reconsiderUser } from "./reconsider.ts";
import { rejectMany } from "./reject-many.ts";
import { ManyDecided, ManyToApprove, ManyToReject, TakenOn } from "./schemas.ts";
import { letGo, takeOn } from "./take-on.ts";

const tag = "Members (admin)";

const BY_IDS_OR_FILTER =
  "For at most 100 people: name their `ids`, or send the list's filters and the `count` that you saw, which needs `users.view`. The rules are the same as for one person. Whoever cannot be moved is in `not_moved` with the reason. Repeating it moves nobody twice.";

export const queueRoutes = [
  route({
    method: "post",
    path: "/api/admin/users/approve",
    tag,
    operationId: "approveUsers",
    summary: "Approve many applicants",
    description: BY_IDS_OR_FILTER,
    access: permitted("users.approve"),
    request: { body: ManyToApprove },
    response: { 200: ManyDecided },
    errors: [409],
    handle: (ctx, { body }) => approveMany(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/users/reject",
    tag,
    operationId: "rejectUsers",
    summary: "Reject many applicants for one reason",
    description: BY_IDS_OR_FILTER,
    access: permitted("users.reject"),
    request: { body: ManyToReject },
    response: { 200: ManyDecided },
    errors: [409],
    handle: (ctx, { body }) => rejectMany(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/reconsider",
    tag,
    operationId: "reconsiderUser",
    summary: "Take a rejection back",
    description:
      "Moves somebody from `rejected` to `pending_validation` and emails them. If they registered and never verified their address, they move to `pending_email` and get a new link to verify it. You must hold every permission that the person holds, and nobody can reconsider their own application.",
    access: permitted("users.reject"),
    request: { params: ById },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params }) => reconsiderUser(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/take-on",
    tag,
    operationId: "takeOnApplication",
    summary: "Look after an application",
    description:
      "Tells other volunteers that you are looking after it, for three days. Repeating it starts the three days again. 409 `taken_on` while somebody else looks after it.",
    access: permittedByAny("users.approve", "users.reject"),
    request: { params: ById },
    response: { 200: TakenOn },
    errors: [404, 409],
    handle: (ctx, { params }) => takeOn(ctx, params.id),
  }),
  route({
    method: "delete",
    path: "/api/admin/users/{id}/take-on",
    tag,
    operationId: "letGoOfApplication",
    summary: "Stop looking after an application",
    access: permittedByAny("users.approve", "users.reject"),
    request: { params: ById },
    response: { 200: TakenOn },
    repeatable: true,
    errors: [404, 409],
    handle: (ctx, { params }) => letGo(ctx, params.id),
  }),
];
