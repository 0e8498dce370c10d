import { and, eq, isNotNull, sql } from "drizzle-orm";
import { mailActivation, takeBackActivation } from "../../accounts/activation.ts";
import { lockAddress } from "../../accounts/address.ts";
import { query } from "../../database/query.ts";
import type { Context, SignedInContext } from "../../http/context.ts";
import type { Report } from "../../jobs/run.ts";
import { roomToday } from "../../mail/daily-limit.ts";
import { lockPace } from "../../mail/pace.ts";
import { outsideQuietHours } from "../../mail/quiet-hours.ts";
import { providerLacksIt } from "../../mail/refused.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { emails } from "../../tables/mail.ts";
import { users } from "../../tables/people.ts";
import { lockJob } from "./check.ts";
import { guardJob, selectImport } from "./find.ts";
import { type ActivationWaves, type ImportJob, personIsDueActivation } from "./schemas.ts";

/** The most links that one run of the job sends for an import. */
const MOST = 500;

/** How many people one transaction mails. */
const AT_ONCE = 50;

/** Nobody waits for these mails, so they go out after others, not at night, and not to addresses that are suppressed. */
const UNASKED = { lane: 2, not_before: outsideQuietHours(sql`now()`) } as const;

/** Less than a day, so that each day's wave does not start an hour later than the one before. */
const A_DAY = sql`interval '23 hours'`;

/**
 * From now on, up to `per_day` people of an import are sent the link that opens their account each day. Those who joined
 * first come first. 409 unless the import has been applied.
 */
export const startActivationWaves = (
  ctx: SignedInContext,
  job_id: string,
  { per_day }: ActivationWaves,
): Promise<ImportJob> =>
  ctx.transact((t) => {
    lockJob(t, job_id);
    guardJob(t, job_id);
    t.guard(
      sql`exists (select from ${import_jobs} where ${eq(import_jobs.id, job_id)} and status = 'completed' and undone_at is null)`,
      409,
      "import_not_applied",
      "Links can be sent only for an import that has been applied and not undone.",
    );
    t.effect(
      query
        .update(import_jobs)
        .set({
          activations_per_day: per_day,
          activation_started_at: sql`coalesce(${import_jobs.activation_started_at}, now())`,
        })
        .where(eq(import_jobs.id, job_id)),
    );
    return selectImport(t, job_id);
  });

/**
 * Sends no more links, not even those that wait for the morning. Those that went out still work, and those that the provider
 * may have still go out.
 */
export const stopActivationWaves = (ctx: SignedInContext, job_id: string): Promise<ImportJob> =>
  ctx.transact((t) => {
    lockJob(t, job_id);
    guardJob(t, job_id);
    // No delivery claims or settles meanwhile, so a batch is withdrawn as a whole.
    t.effect(lockPace());
    takeBackActivation(
      t,
      sql`${eq(emails.status, "pending")} and ${eq(emails.lane, UNASKED.lane)} and ${providerLacksIt}
        and ${emails.user_id} in (select ${users.id} ${madeBy(job_id)})`,
    );
    t.effect(
      query
        .update(import_jobs)
        .set({ activations_per_day: null, activation_started_at: null })
        .where(eq(import_jobs.id, job_id)),
    );
    return selectImport(t, job_id);
  });

/** Sends the links that are due, for every import whose wave is running. */
export async function sendActivationWaves(ctx: Context): Promise<Report> {
  const { jobs } = await ctx.transact((t) => ({
    jobs: t.many(
      query
        .select({ id: import_jobs.id })
        .from(import_jobs)
        .where(and(isNotNull(import_jobs.activations_per_day), eq(import_jobs.status, "completed"))),
    ),
  }));
  let activated = 0;
  for (const { id } of jobs) activated += await sendOne(ctx, id);
  return { activated };
}

/** The people whom an import made. */
const madeBy = (job_id: string) => sql`from ${import_rows} join ${users} on ${eq(users.id, import_rows.user_id)}
  where ${and(eq(import_rows.job_id, job_id), eq(import_rows.outcome, "create"))}`;

/** Writes only what can go out today: a link that waits too long in the queue would expire there. */
async function sendOne(ctx: Context, job_id: string): Promise<number> {
  const sent_lately = sql`(select count(*) ${madeBy(job_id)} and ${users.activation_sent_at} > now() - ${A_DAY})`;
  const due = query.execute<{ id: string; email: string }>(sql`
    select ${users.id}, ${users.email} ${madeBy(job_id)} and ${personIsDueActivation}
    order by ${users.joined_at}, ${users.id}
    limit greatest(0, least(${MOST}, ${roomToday}, (select activations_per_day from ${import_jobs} where ${eq(import_jobs.id, job_id)}) - ${sent_lately}))`);
  const { people } = await ctx.transact((t) => {
    t.effect(lockPace());
    return { people: t.many(due) };
  });
  for (let start = 0; start < people.length; start += AT_ONCE) await send(ctx, people.slice(start, start + AT_ONCE));
  return people.length;
}

/** Checks each person again, because another run may have been faster. */
const send = (ctx: Context, people: { id: string; email: string }[]): Promise<unknown> =>
  ctx.transact((t) => {
    for (const email of people.map((person) => person.email).sort()) lockAddress(t, email);
    for (const { id } of people) mailActivation(t, id, { when: personIsDueActivation, ...UNASKED });
    return {};
  });
