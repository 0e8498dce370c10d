import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order } from "../http/pagination.ts";
import { job_runs } from "../tables/jobs.ts";
import { type JobFilters, type JobRunPage, jobRunColumns } from "./schemas.ts";

const LATEST: Order<{ started_at: string; id: string }> = {
  name: "latest",
  descending: true,
  keys: [
    { expression: sql`${job_runs.started_at}`, type: "timestamptz", of: (run) => run.started_at },
    { expression: sql`${job_runs.id}`, type: "uuid", of: (run) => run.id },
  ],
};

const matching = ({ job, outcome }: JobFilters) =>
  and(job ? eq(job_runs.job, job) : undefined, outcome ? eq(job_runs.outcome, outcome) : undefined);

/** A page of job runs, latest first. */
export const listJobRuns = (ctx: SignedInContext, filters: JobFilters): Promise<JobRunPage> =>
  ctx.transact((t) =>
    listPageWithTotal(t, LATEST, () => query.select(jobRunColumns).from(job_runs), filters, matching(filters)),
  );
