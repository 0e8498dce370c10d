import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { approve } from "./approve.ts";
import { findUser } from "./find.ts";
import { listUsers } from "./list.ts";
import { reject } from "./reject.ts";
import { Rejection, User, UserFilters, UserPage } from "./schemas.ts";

const tag = "Members (admin)";

export const memberRoutes = [
  route({
    method: "get",
    path: "/api/admin/users",
    tag,
    summary: "List people",
    description: "Newest first unless sorted otherwise; filtered by status, role, and part of a name or address.",
    access: permitted("users.view"),
    request: { query: UserFilters },
    response: { 200: UserPage },
    handle: (ctx, { query }) => listUsers(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/users/{id}",
    tag,
    summary: "See a person",
    access: permitted("users.view"),
    request: { params: ById },
    response: { 200: User },
    errors: [404],
    handle: (ctx, { params }) => findUser(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/approve",
    tag,
    summary: "Approve an applicant",
    description: "pending_validation or pre_validated → payment_pending. Mails the approval and the way to pay.",
    access: permitted("users.approve"),
    request: { params: ById },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params }) => approve(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/reject",
    tag,
    summary: "Reject an applicant",
    description:
      "Anyone who is not a member yet → rejected. Mails the reason to a verified address, and ends a checkout of theirs that is open.",
    access: permitted("users.reject"),
    request: { params: ById, body: Rejection },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params, body }) => reject(ctx, params.id, body),
  }),
];
