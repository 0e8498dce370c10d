import { eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import { toPeople } from "../accounts/address.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { job_states } from "../tables/jobs.ts";
import { users } from "../tables/people.ts";
import { JOB_HOURS } from "./hours.ts";

const hours = sql`jsonb_each_text(${JSON.stringify(JOB_HOURS)}::jsonb) as expected (job, hours)`;

/** A row of `job_states` joined with how often its job runs: whether it has not succeeded for twice that time. */
const isLate: SQL = sql`coalesce(${job_states.last_succeeded_at}, ${job_states.created_at})
  < now() - 2 * expected.hours::integer * interval '1 hour'`;

/** Selects the jobs that have not succeeded for twice the time between two runs. */
export const selectLateJobs = () =>
  query
    .select({ job: job_states.job })
    .from(job_states)
    .innerJoin(hours, sql`expected.job = ${job_states.job}`)
    .where(isLate)
    .orderBy(job_states.job);

/** Selects every job that a cron starts, when it last succeeded, and whether it is late. */
export const selectJobs = () =>
  query
    .select({
      job: sql<string>`expected.job`.as("expected_job"),
      every_hours: sql<number>`expected.hours::integer`.as("every_hours"),
      last_succeeded_at: job_states.last_succeeded_at,
      is_late: sql<boolean>`coalesce(${isLate}, false)`.as("is_late"),
    })
    .from(hours)
    .leftJoin(job_states, sql`${job_states.job} = expected.job`)
    .orderBy(sql`expected.job`);

/** Makes sure that a job which never succeeds is missed too: the time counts from when we first knew of it. */
const expectJobs = (t: Plan): void =>
  t.effect(
    query
      .insert(job_states)
      .values(Object.keys(JOB_HOURS).map((job) => ({ job })))
      .onConflictDoNothing(),
  );

/**
 * Tells those who read the log of jobs about jobs that no longer succeed: once, until they succeed again. Whatever still runs
 * does this, because a cron that no longer starts cannot tell of itself. One round trip.
 */
export async function watchJobs(ctx: Context): Promise<{ late: number }> {
  const late = sql`(select ${job_states.job} from ${job_states} join ${hours} on expected.job = ${job_states.job}
    where ${isLate} and ${isNull(job_states.alerted_at)})`;
  const { alerted } = await ctx.transact((t) => {
    expectJobs(t);
    // Of two that watch at once, the second waits here and then finds nothing to tell.
    t.effect(
      query.execute(
        sql`select from ${job_states} where ${job_states.job} in ${late} order by ${job_states.job} for update`,
      ),
    );
    t.mail("jobs_late", {
      ...toPeople(
        sql`${inArray(users.id, holdersOf("settings.audit"))} and ${eq(users.status, "active")} and exists ${late}`,
      ),
      data: {
        first_name: users.first_name,
        jobs: sql<string[]>`(select jsonb_agg(late.job order by late.job) from ${late} as late)`,
      },
    });
    return {
      alerted: t.many(
        query
          .update(job_states)
          .set({ alerted_at: sql`now()` })
          .where(sql`${job_states.job} in ${late}`)
          .returning({ job: job_states.job }),
      ),
    };
  });
  return { late: alerted.length };
}
