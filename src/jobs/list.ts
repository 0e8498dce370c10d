import { and, eq, isNotNull, not, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order } from "../http/pagination.ts";
import { job_runs } from "../tables/jobs.ts";
import { selectJobs } from "./late.ts";
import { type JobFilters, type JobRunPage, jobRunColumns } from "./schemas.ts";

const LATEST: Order<{ started_at: string; id: string }> = {
  name: "latest",
  descending: true,
  keys: [
    { expression: sql`${job_runs.started_at}`, type: "timestamptz", of: (run) => run.started_at },
    { expression: sql`${job_runs.id}`, type: "uuid", of: (run) => run.id },
  ],
};

/** Whether a row of `job_runs` is the latest of its job that ended. */
const isLatest = sql`(${isNotNull(job_runs.outcome)} and not exists (
  select from ${job_runs} later where later.job = ${job_runs.job} and later.outcome is not null
    and (later.started_at, later.id) > (${job_runs.started_at}, ${job_runs.id})))`;

/** Whether a row of `job_runs` is a failure that no later run has made good. */
export const latestRunFailed = and(eq(job_runs.outcome, "failed"), isLatest);

const matching = ({ job, outcome, latest }: JobFilters) =>
  and(
    job ? eq(job_runs.job, job) : undefined,
    outcome ? eq(job_runs.outcome, outcome) : undefined,
    latest === undefined ? undefined : latest ? isLatest : not(isLatest),
  );

/** A page of job runs, latest first; and how each job stands, for most runs that found nothing to do are not written down. */
export async function listJobRuns(ctx: SignedInContext, filters: JobFilters): Promise<JobRunPage> {
  const { page, jobs } = await ctx.transact((t) => ({
    page: listPageWithTotal(t, LATEST, () => query.select(jobRunColumns).from(job_runs), filters, matching(filters)),
    jobs: t.many(selectJobs()),
  }));
  return { ...page, jobs };
}
