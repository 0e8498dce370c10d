import { permitted } from "../../../access/access.ts";
import { route } from "../../../http/route.ts";
import { ById, Message } from "../../../http/schemas.ts";
import { MOST_DOCUMENT_BYTES } from "../../../storage/store-document.ts";
import { ManagedReport, ManagedReportFilters, ManagedReportPage, NewReport, ReportChange } from "../schemas.ts";
import { createReport } from "./create.ts";
import { deleteReport } from "./delete.ts";
import { editReport } from "./edit.ts";
import { getManagedReport, listManagedReports } from "./find.ts";
import { uploadReport } from "./upload.ts";

const tag = "Documents (admin)";

export const reportAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/financials",
    tag,
    operationId: "listManagedReports",
    summary: "List all financial reports",
    description: "The latest year first, with drafts.",
    access: permitted("financials.view"),
    request: { query: ManagedReportFilters },
    response: { 200: ManagedReportPage },
    handle: (ctx, { query }) => listManagedReports(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/financials",
    tag,
    operationId: "createReport",
    summary: "Add a financial report",
    description: "A link, or a PDF: then send the file next, and publish the report after that.",
    access: permitted("financials.create"),
    request: { body: NewReport },
    response: { 201: ManagedReport },
    errors: [409],
    handle: (ctx, { body }) => createReport(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/admin/financials/{id}",
    tag,
    operationId: "getManagedReport",
    summary: "Read a financial report, also a draft",
    access: permitted("financials.view"),
    request: { params: ById },
    response: { 200: ManagedReport },
    handle: (ctx, { params }) => getManagedReport(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/financials/{id}",
    tag,
    operationId: "editReport",
    summary: "Edit or publish a financial report",
    description: "Fields that are left out stay as they are. Making it a link deletes its file.",
    access: permitted("financials.edit"),
    repeatable: true,
    request: { params: ById, body: ReportChange },
    response: { 200: ManagedReport },
    errors: [409],
    handle: (ctx, { params, body }) => editReport(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/financials/{id}/file",
    tag,
    operationId: "uploadReport",
    summary: "Upload the PDF of a financial report",
    description:
      "A PDF of at most 50 MB, as the whole body or in the field `file` of a form. It replaces the file or the link before.",
    access: permitted("financials.edit"),
    round_trips: 2, // R2 is called between reserving room and keeping the file
    request: { params: ById, upload: { most_bytes: MOST_DOCUMENT_BYTES, type: "application/pdf" } },
    response: { 200: ManagedReport },
    errors: [409],
    handle: (ctx, { params, upload }) => uploadReport(ctx, params.id, upload()),
  }),
  route({
    method: "delete",
    path: "/api/admin/financials/{id}",
    tag,
    operationId: "deleteReport",
    summary: "Delete a financial report",
    description: "Its file goes with it, and links to it stop working.",
    access: permitted("financials.delete"),
    request: { params: ById },
    response: { 200: Message },
    handle: (ctx, { params }) => deleteReport(ctx, params.id),
  }),
];
