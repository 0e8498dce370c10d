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
      "Latest first. Runs are kept for 90 days. Most jobs start every hour or oftener, and their runs are listed only if they did something or failed: `jobs` says when each last succeeded, and whether it is late.",
    access: permitted("settings.audit"),
    request: { query: JobFilters },
    response: { 200: JobRunPage },
    handle: (ctx, { query }) => listJobRuns(ctx, query),
  }),
];
