import { permitted } from "../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../http/export.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { approveUser } from "./approve.ts";
import { exportUsers } from "./export.ts";
import { listUsers } from "./list.ts";
import { rejectUser } from "./reject.ts";
import { Rejection, User, UserExport, UserFilters, UserPage } from "./schemas.ts";

const tag = "Members (admin)";

export const memberRoutes = [
  route({
    method: "get",
    path: "/api/admin/users",
    tag,
    operationId: "listUsers",
    summary: "List people",
    description:
      "Newest first by default, with the number of people in each status. What a person hides from volunteers is neither searched nor shown.",
    access: permitted("users.view"),
    request: { query: UserFilters },
    response: { 200: UserPage },
    handle: (ctx, { query }) => listUsers(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/users/export",
    tag,
    operationId: "exportUsers",
    summary: "Export people",
    description: `${ABOUT_EXPORTS} The filters are those of the list. Whoever joined last comes first. What a person hides from volunteers is empty, and legal names are never exported. \`POST /api/admin/users/import\` can read the file. Each exported person's access log shows the export.`,
    access: permitted("users.export"),
    request: { query: UserExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportUsers(ctx, query),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/approve",
    tag,
    operationId: "approveUser",
    summary: "Approve an applicant",
    description:
      "Moves a `pending_validation` or `pre_validated` applicant to `payment_pending`. Sends a welcome email and an email about paying dues. Nobody can approve their own application.",
    access: permitted("users.approve"),
    request: { params: ById },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params }) => approveUser(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/reject",
    tag,
    operationId: "rejectUser",
    summary: "Reject an applicant",
    description:
      "Moves somebody with an open application to `rejected`. Emails the reason if the address is verified, ends the applicant's open checkout, and gives their seats at events to those who wait. You must hold every permission that the applicant holds, and nobody can reject their own application.",
    access: permitted("users.reject"),
    request: { params: ById, body: Rejection },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params, body }) => rejectUser(ctx, params.id, body),
  }),
];
