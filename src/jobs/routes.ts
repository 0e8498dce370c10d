import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { listJobRuns } from "./list.ts";
import { JobFilters, JobRunPage } from "./schemas.ts";

export const jobRoutes = [
  route({
    method: "get",
    path: "/api/admin/jobs",
    tag: "Jobs (admin)",
    operationId: "listJobRuns",
    summary: "List job runs",
    description:
      "Latest first. Runs are kept for 90 days. Mail is delivered often, so its runs are listed only if they sent something or failed.",
    access: permitted("settings.audit"),
    request: { query: JobFilters },
    response: { 200: JobRunPage },
    handle: (ctx, { query }) => listJobRuns(ctx, query),
  }),
];
