import { permitted } from "../access/access.ts";
import { route } from "../http/route.ts";
import { listJobs } from "./list.ts";
import { JobFilters, JobPage } from "./schemas.ts";

export const jobRoutes = [
  route({
    method: "get",
    path: "/api/admin/jobs",
    tag: "Jobs (admin)",
    summary: "See what ran",
    description:
      "Every run of the scheduled jobs, the latest first, with what it did; of the delivery of mail, which is started every minute, those that sent something or failed. Kept for 90 days.",
    access: permitted("settings.audit"),
    request: { query: JobFilters },
    response: { 200: JobPage },
    handle: (ctx, { query }) => listJobs(ctx, query),
  }),
];
