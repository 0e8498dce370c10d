import { and, count, eq, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, type Order, toPage } from "../http/pagination.ts";
import { job_runs } from "../settings/tables.ts";
import type { JobFilters, JobPage } from "./schemas.ts";

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

/** A page of runs, and one row more where there is more. */
export const selectRuns = (filters: JobFilters) =>
  query
    .select({
      id: job_runs.id,
      job: job_runs.job,
      started_at: job_runs.started_at,
      finished_at: job_runs.finished_at,
      outcome: job_runs.outcome,
      report: job_runs.report,
    })
    .from(job_runs)
    .where(and(matching(filters), after(LATEST, filters.cursor)))
    .orderBy(...by(LATEST))
    .limit(filters.limit + 1);

/** What ran, the latest first, and how many runs match in all. */
export async function listJobs(ctx: SignedInContext, filters: JobFilters): Promise<JobPage> {
  const [rows, { total }] = await ctx.transact(
    many(selectRuns(filters)),
    one(query.select({ total: count() }).from(job_runs).where(matching(filters))),
  );
  return { ...toPage(LATEST, rows, filters.limit), total };
}
