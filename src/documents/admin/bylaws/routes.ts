import { permitted } from "../../../access/access.ts";
import { route } from "../../../http/route.ts";
import { ById, Message } from "../../../http/schemas.ts";
import { MOST_DOCUMENT_BYTES } from "../../../storage/store-document.ts";
import { BylawsChange, ManagedBylaws, ManagedBylawsFilters, ManagedBylawsPage, NewBylaws } from "../schemas.ts";
import { createBylaws } from "./create.ts";
import { deleteBylaws } from "./delete.ts";
import { editBylaws } from "./edit.ts";
import { getManagedBylaws, listManagedBylaws } from "./find.ts";
import { uploadBylaws } from "./upload.ts";

const tag = "Documents (admin)";

export const bylawsAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/bylaws",
    tag,
    operationId: "listManagedBylaws",
    summary: "List all versions of the bylaws and other rules",
    description: "What takes effect last comes first, with drafts. `accepted_by` says how many people accepted each.",
    access: permitted("bylaws.view"),
    request: { query: ManagedBylawsFilters },
    response: { 200: ManagedBylawsPage },
    handle: (ctx, { query }) => listManagedBylaws(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/bylaws",
    tag,
    operationId: "createBylaws",
    summary: "Add a version of the bylaws, the privacy notice or the code of conduct",
    description:
      "A link, or a PDF: then send the file next, and publish the version after that. Of each kind, exactly one published version is in force (`current`).",
    access: permitted("bylaws.create"),
    request: { body: NewBylaws },
    response: { 201: ManagedBylaws },
    errors: [409],
    handle: (ctx, { body }) => createBylaws(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/admin/bylaws/{id}",
    tag,
    operationId: "getManagedBylaws",
    summary: "Read a version, also a draft",
    access: permitted("bylaws.view"),
    request: { params: ById },
    response: { 200: ManagedBylaws },
    handle: (ctx, { params }) => getManagedBylaws(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/bylaws/{id}",
    tag,
    operationId: "editBylaws",
    summary: "Edit a version, publish it, or put it in force",
    description:
      "Fields that are left out stay as they are. `current: true` ends the version before. The version in force cannot become a draft. Once people have accepted a version, its file, address and name stay as they are.",
    access: permitted("bylaws.edit"),
    repeatable: true,
    request: { params: ById, body: BylawsChange },
    response: { 200: ManagedBylaws },
    errors: [409],
    handle: (ctx, { params, body }) => editBylaws(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/bylaws/{id}/file",
    tag,
    operationId: "uploadBylaws",
    summary: "Upload the PDF of a version",
    description:
      "A PDF of at most 50 MB, as the whole body or in the field `file` of a form. It replaces the file or the link before, unless people have accepted that.",
    access: permitted("bylaws.edit"),
    round_trips: 2, // R2 is called between reserving room and keeping the file
    request: { params: ById, upload: { most_bytes: MOST_DOCUMENT_BYTES, type: "application/pdf" } },
    response: { 200: ManagedBylaws },
    errors: [409],
    handle: (ctx, { params, upload }) => uploadBylaws(ctx, params.id, upload()),
  }),
  route({
    method: "delete",
    path: "/api/admin/bylaws/{id}",
    tag,
    operationId: "deleteBylaws",
    summary: "Delete a version",
    description: "Not the one in force, and none that people accepted.",
    access: permitted("bylaws.delete"),
    request: { params: ById },
    response: { 200: Message },
    errors: [409],
    handle: (ctx, { params }) => deleteBylaws(ctx, params.id),
  }),
];
