import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Id, Instant, Line } from "../http/schemas.ts";

/** One run of a job. */
export const JobRun = z
  .object({
    id: Id,
    job: z.string().meta({ example: "reconcile" }),
    started_at: Instant,
    finished_at: Instant.nullable(),
    outcome: z
      .enum(["succeeded", "failed"])
      .nullable()
      .describe("Null while it runs, or when the platform ended it before it was through"),
    report: z
      .record(z.string(), z.unknown())
      .describe("What it did, in the job's own words; of one that failed also `failure`, the kind of error")
      .meta({ example: { sent: 3, failed: 0 } }),
  })
  .meta({ id: "JobRun" });
export type JobRun = z.infer<typeof JobRun>;

export const JobFilters = Paging.extend({
  job: Line(100).optional(),
  outcome: z.enum(["succeeded", "failed"]).optional(),
});
export type JobFilters = z.infer<typeof JobFilters>;

export const JobPage = pageWithTotalOf(JobRun).meta({ id: "JobPage" });
export type JobPage = z.infer<typeof JobPage>;
