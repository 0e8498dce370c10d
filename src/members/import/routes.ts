import { permitted } from "../../access/access.ts";
import { CSV } from "../../http/export.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { applyImport, mapColumns } from "./begin.ts";
import { getImport, listImportRows, listImports } from "./find.ts";
import { exportProblems } from "./problems.ts";
import { MOST_BYTES } from "./read-file.ts";
import {
  ActivationWaves,
  ColumnMapping,
  ImportFile,
  ImportFilters,
  ImportJob,
  ImportJobPage,
  ImportRowFilters,
  ImportRowPage,
  ProblemFile,
} from "./schemas.ts";
import { importTemplate } from "./template.ts";
import { undoImport } from "./undo.ts";
import { uploadImport } from "./upload.ts";
import { startActivationWaves, stopActivationWaves } from "./waves.ts";

const tag = "Imports (admin)";
const access = permitted("users.import");

export const importRoutes = [
  route({
    method: "post",
    path: "/api/admin/users/import",
    tag,
    operationId: "importUsers",
    summary: "Import people from a file",
    description:
      "A CSV file in UTF-8, separated by commas, semicolons or tabs, with a header, at most 20 MiB and 20,000 rows. Nothing is changed yet: its rows are checked first, and `GET /api/admin/import-jobs/{id}` says how far that is and what each row would do. This shows whether somebody is known.",
    access,
    request: { query: ImportFile, upload: { most_bytes: MOST_BYTES, type: "text/csv" } },
    response: { 201: ImportJob },
    // The rows are stored while the file comes in, because they may be more than the database takes at once: one round trip
    // for each 1000 rows. Only a file that large needs a second one.
    handle: (ctx, { query, upload }) => uploadImport(ctx, query, upload()),
  }),
  route({
    method: "get",
    path: "/api/admin/users/import/template",
    tag,
    operationId: "getImportTemplate",
    summary: "Get an empty file to fill in",
    description: "Its header names every column that an import takes. `docs/importing.md` says what each may contain.",
    access,
    response: { 200: CSV },
    handle: (ctx) => importTemplate(ctx),
  }),
  route({
    method: "get",
    path: "/api/admin/import-jobs",
    tag,
    operationId: "listImports",
    summary: "List imports",
    description: "Newest first.",
    access,
    request: { query: ImportFilters },
    response: { 200: ImportJobPage },
    handle: (ctx, { query }) => listImports(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/import-jobs/{id}",
    tag,
    operationId: "getImport",
    summary: "Get an import",
    description: "Its progress, and how many of its rows do what.",
    access,
    request: { params: ById },
    response: { 200: ImportJob },
    errors: [404],
    handle: (ctx, { params }) => getImport(ctx, params.id),
  }),
  route({
    method: "put",
    path: "/api/admin/import-jobs/{id}/columns",
    tag,
    operationId: "mapImportColumns",
    summary: "Say what the columns fill",
    description:
      "Has every row checked again. Only before the import is applied, and only by somebody who sees all its columns: see the list of its rows.",
    access,
    request: { params: ById, body: ColumnMapping },
    response: { 200: ImportJob },
    errors: [404, 409],
    handle: (ctx, { params, body }) => mapColumns(ctx, params.id, body),
  }),
  route({
    method: "get",
    path: "/api/admin/import-jobs/{id}/rows",
    tag,
    operationId: "listImportRows",
    summary: "List the rows of an import",
    description:
      "In the order of the file: what each would do, or has done, and what is wrong with it. With `users.view_sensitive`, the access logs of the people whom the rows match say that you read the cells of a file that somebody else uploaded.",
    access,
    request: { params: ById, query: ImportRowFilters },
    response: { 200: ImportRowPage },
    errors: [404],
    handle: (ctx, { params, query }) => listImportRows(ctx, params.id, query),
  }),
  route({
    method: "get",
    path: "/api/admin/import-jobs/{id}/problems.csv",
    tag,
    operationId: "exportImportProblems",
    summary: "Download the rows with problems",
    description:
      "The uploaded columns, and after them `row` and `problem`. Correct the file and upload it again as it is: those two columns are ignored. Of a file that somebody else uploaded, the cells are those that the list of rows shows you.",
    access,
    request: { params: ById, query: ProblemFile },
    response: { 200: CSV },
    errors: [404],
    // The first reads the columns, of which the second selects the cells.
    round_trips: 2,
    handle: (ctx, { params, query }) => exportProblems(ctx, params.id, query),
  }),
  route({
    method: "post",
    path: "/api/admin/import-jobs/{id}/apply",
    tag,
    operationId: "applyImport",
    summary: "Apply an import",
    description:
      "Creates and changes people as in the dry run. Rows with problems are left out, also if the problem came up since. The work continues after this answer: get the import to see its progress. Sends no email.",
    access,
    request: { params: ById },
    response: { 200: ImportJob },
    errors: [404, 409],
    handle: (ctx, { params }) => applyImport(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/import-jobs/{id}/undo",
    tag,
    operationId: "undoImport",
    summary: "Undo an import",
    description:
      "Deletes the people whom it created, and restores what it changed for others, except what has changed since. Not possible once somebody whom it created has opened their account, paid, donated or come to an event, nor after 30 days. The work continues after this answer.",
    access,
    request: { params: ById },
    response: { 200: ImportJob },
    errors: [404, 409],
    handle: (ctx, { params }) => undoImport(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/import-jobs/{id}/activation-waves",
    tag,
    operationId: "startActivationWaves",
    summary: "Email the imported people links to their accounts",
    description:
      "So many a day, beginning with those who joined first. The first go out with the next hourly run. Rejected and inactive people, and those who are about to be erased, are sent none. The link confirms the address and lets them choose a password. Sent again, it changes how many.",
    access,
    request: { params: ById, body: ActivationWaves },
    response: { 200: ImportJob },
    errors: [404, 409],
    handle: (ctx, { params, body }) => startActivationWaves(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/import-jobs/{id}/activation-waves",
    tag,
    operationId: "stopActivationWaves",
    summary: "Stop emailing links to accounts",
    access,
    request: { params: ById },
    response: { 200: ImportJob },
    errors: [404],
    handle: (ctx, { params }) => stopActivationWaves(ctx, params.id),
  }),
];
