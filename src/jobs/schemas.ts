import * as z from "zod";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Id, Instant, Line, YesOrNo } from "../http/schemas.ts";
import { job_runs } from "../tables/jobs.ts";

const Outcome = z.enum(["succeeded", "failed"]);

export const JobRun = z
  .object({
    id: Id,
    job: z.string().meta({ example: "reconcile" }),
    started_at: Instant,
    finished_at: Instant.nullable(),
    outcome: Outcome.nullable().describe(
      "Null while the job is running, or if the platform stopped it before it finished",
    ),
    report: z
      .record(z.string(), z.unknown())
      .describe("What the job did. The fields depend on the job; a failed run also has `failure`, the kind of error.")
      .meta({ example: { sent: 3, failed: 0 } }),
  })
  .meta({ id: "JobRun" });
export type JobRun = z.infer<typeof JobRun>;

/** The columns of {@link JobRun}. */
export const jobRunColumns = {
  id: job_runs.id,
  job: job_runs.job,
  started_at: job_runs.started_at,
  finished_at: job_runs.finished_at,
  outcome: job_runs.outcome,
  report: job_runs.report,
};

export const JobFilters = Paging.extend({
  job: Line(100).optional(),
  outcome: Outcome.optional(),
  latest: YesOrNo.optional().describe("Whether it is the latest run of its job that ended"),
});
export type JobFilters = z.infer<typeof JobFilters>;

const JobStanding = z
  .object({
    job: z.string().meta({ example: "reconcile" }),
    every_hours: z.int().describe("How many hours lie between two runs"),
    last_succeeded_at: Instant.nullable().describe("Also of runs that are not listed. Null: never"),
    is_late: z.boolean().describe("Whether it has not succeeded for twice that time"),
  })
  .meta({ id: "JobStanding" });

export const JobRunPage = pageWithTotalOf(JobRun)
  .extend({ jobs: z.array(JobStanding).describe("Every job, whatever the filters") })
  .meta({ id: "JobRunPage" });
export type JobRunPage = z.infer<typeof JobRunPage>;
