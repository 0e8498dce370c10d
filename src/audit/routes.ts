import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { listAuditEntries } from "./list.ts";
import { AuditEntryPage, AuditFilters } from "./schemas.ts";

export const auditRoutes = [
  route({
    method: "get",
    path: "/api/admin/audit-log",
    tag: "Audit log (admin)",
    operationId: "listAuditEntries",
    summary: "List who did what to whom",
    description:
      "Newest first. Filter by actor, subject, action, time or request. The database itself writes the log, and nobody can change it through this API.",
    access: permitted("settings.audit"),
    request: { query: AuditFilters },
    response: { 200: AuditEntryPage },
    handle: (ctx, { query }) => listAuditEntries(ctx, query),
  }),
];
