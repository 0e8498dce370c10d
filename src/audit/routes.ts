import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { listAuditLog } from "./list.ts";
import { AuditFilters, AuditPage } from "./schemas.ts";

export const auditRoutes = [
  route({
    method: "get",
    path: "/api/admin/audit-log",
    tag: "Audit log (admin)",
    summary: "Read who did what to whom",
    description:
      "Newest first, filtered by who did it, to what, what it was, when, and in which request. Written by the database itself; nobody can change it through this API.",
    access: permitted("settings.audit"),
    request: { query: AuditFilters },
    response: { 200: AuditPage },
    handle: (ctx, { query }) => listAuditLog(ctx, query),
  }),
];
