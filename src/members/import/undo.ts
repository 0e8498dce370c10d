import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import { leaveEvents, lockToLeave } from "../../events/leave.ts";
import type { Context, SignedInContext } from "../../http/context.ts";
import { sessions } from "../../tables/accounts.ts";
import { donations } from "../../tables/donations.ts";
import { event_rsvps } from "../../tables/events.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { payments } from "../../tables/ledger.ts";
import { user_tags } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { lockJob } from "./check.ts";
import { guardJob, guardNotForgotten, selectImport } from "./find.ts";
import { PROFILE_FIELDS } from "./match.ts";
import type { ImportJob } from "./schemas.ts";

/** How many rows are undone in one transaction. */
const ROWS = 250;

/** Whether somebody whom an import made has opened their account, or has dues or donations. */
const isUnderWay = (user_id: SQL) => sql`(
  exists (select from ${users} where ${eq(users.id, user_id)} and ${users.email_verified})
  or exists (select from ${sessions} where ${eq(sessions.user_id, user_id)})
  or exists (select from ${subscriptions} where ${eq(subscriptions.user_id, user_id)})
  or exists (select from ${payments} where ${eq(payments.user_id, user_id)})
  or exists (select from ${donations} where ${eq(donations.user_id, user_id)})
  or exists (select from ${event_rsvps} where ${and(eq(event_rsvps.user_id, user_id), event_rsvps.attended)}))`;

const isCreated = (job_id: string) =>
  and(eq(import_rows.job_id, job_id), eq(import_rows.outcome, "create"), isNotNull(import_rows.user_id));

/**
 * Undoes an import, in parts that the queue drives: deletes the people whom it made, and restores what it changed of others,
 * except what has changed since. 409 once somebody whom it made has opened their account, paid, donated or come to an event.
 */
export async function undoImport(ctx: SignedInContext, job_id: string): Promise<ImportJob> {
  const job = await ctx.transact((t) => {
    lockJob(t, job_id);
    guardJob(t, job_id);
    t.guard(
      sql`exists (select from ${import_jobs} where ${eq(import_jobs.id, job_id)} and status = 'completed' and undone_at is null)`,
      409,
      "import_not_applied",
      "Only an import that has been applied, and has not been undone yet, can be undone.",
    );
    guardNotForgotten(t, job_id);
    const busy = sql`(select count(*) from ${import_rows} where ${isCreated(job_id)} and ${isUnderWay(sql`${import_rows.user_id}`)})`;
    t.guard(
      sql`${busy} = 0`,
      409,
      "import_in_use",
      sql`'This import can no longer be undone. People whom it created and who have opened their account, paid, donated or come to an event: ' || ${busy} || '.'`,
    );
    t.effect(
      query
        .update(import_jobs)
        .set({ undone_at: sql`now()`, undone_by: ctx.user_id, activations_per_day: null, activation_started_at: null })
        .where(eq(import_jobs.id, job_id)),
    );
    return selectImport(t, job_id);
  });
  await ctx.ring("import");
  return job;
}

const isUndone = sql`${import_jobs.undone_at} is not null`;

/**
 * Undoes some rows. People who have opened their account, paid, donated or come to an event meanwhile stay. The seats of those
 * whom it deletes go to those who wait.
 */
export async function undoSome(ctx: Context, job_id: string): Promise<void> {
  // The same rows for each statement: those that are left, in their order.
  const rows = sql`(
    select * from ${import_rows} where ${eq(import_rows.job_id, job_id)} and ${import_rows.applied_at} is not null
      and exists (select from ${import_jobs} where ${eq(import_jobs.id, job_id)} and ${isUndone})
    order by ${import_rows.row} limit ${ROWS})`;
  const restored = PROFILE_FIELDS.map((name) => {
    const change = sql`(undone.before -> 'fields' -> ${sql.raw(`'${name}'`)})`;
    const old = sql`(jsonb_populate_record(null::users, jsonb_build_object(${sql.raw(`'${name}'`)}, ${change} -> 0))).${sql.identifier(name)}`;
    return sql`${sql.identifier(name)} = case when to_jsonb(${users[name]}) = ${change} -> 1 then ${old} else ${users[name]} end`;
  });
  const deleted = sql`array(select undone.user_id from ${rows} as undone where undone.outcome = 'create')`;
  await ctx.transact((t) => {
    lockJob(t, job_id);
    lockToLeave(t, deleted);
    // Whoever opens their account at this moment waits, and then is either gone or stays.
    t.effect(
      query.execute(sql`select ${users.id} from ${users}
        where ${users.id} in (select undone.user_id from ${rows} as undone) order by ${users.id} for update`),
    );
    t.effect(
      query.execute(sql`
        update ${import_rows} set outcome = 'problem', problems = ${import_rows.problems} ||
          '[{"field": null, "message": "was not undone: the person opened their account, paid, donated or came to an event in the meantime"}]'
        from ${rows} as undone
        where ${eq(import_rows.job_id, job_id)} and ${import_rows.row} = undone.row and undone.outcome = 'create'
          and undone.user_id is not null and ${isUnderWay(sql`undone.user_id`)}`),
    );
    t.effect(
      query.execute(sql`
        delete from ${user_tags} using ${rows} as undone
        where ${user_tags.user_id} = undone.user_id and undone.outcome = 'update'
          and undone.before -> 'tags' ? ${user_tags.tag}`),
    );
    t.effect(
      query.execute(sql`
        update ${users} set ${sql.join(restored, sql`, `)} from ${rows} as undone
        where ${users.id} = undone.user_id and undone.outcome = 'update' and undone.before is not null`),
    );
    leaveEvents(t, deleted);
    // Deleting somebody empties `user_id` in their row. So `undone` keeps whom to delete before the rows are marked.
    t.effect(
      query.execute(sql`
        with undone as materialized ${rows},
        marked as (
          update ${import_rows} set applied_at = null, user_id = case when undone.outcome = 'update' then undone.user_id end
          from undone where ${eq(import_rows.job_id, job_id)} and ${import_rows.row} = undone.row)
        delete from ${users} using undone where ${users.id} = undone.user_id and undone.outcome = 'create'`),
    );
    t.effect(
      query.execute(sql`
        update ${import_jobs} set (applied_rows, created_people, updated_people) = (
          select count(*) filter (where outcome <> 'problem'), count(*) filter (where outcome = 'create'),
            count(*) filter (where outcome = 'update')
          from ${import_rows} where ${eq(import_rows.job_id, job_id)} and applied_at is not null)
        where ${eq(import_jobs.id, job_id)} and ${isUndone}`),
    );
  });
}
