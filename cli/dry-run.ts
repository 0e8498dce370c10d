import { asc, count, gt, sql } from "drizzle-orm";
import { rolledBack } from "../local/neon/execute.ts";
import { startNeon } from "../local/neon/server.ts";
import { isLocal } from "../local/settings.ts";
import { query } from "../src/database/query.ts";
import type { Settings } from "../src/env.ts";
import type { Context } from "../src/http/context.ts";
import { upcomingReminders } from "../src/reminders/upcoming.ts";
import { JOBS as CRONS } from "../src/schedule.ts";
import { RECONCILE } from "../src/stripe-events/reconcile/run.ts";
import { emails } from "../src/tables/mail.ts";
import { contextOf } from "./job-context.ts";

/** Jobs that act outside of the database, which cannot be undone and which a command cannot do. */
const ONLY_IN_THE_WORKER: Record<string, string> = {
  [RECONCILE]: "It repairs what differs at Stripe. `npm run reconcile` does that by hand.",
  erase_people: "It deletes people at Stripe and in the file storage before it deletes them here.",
  deliver_mail: "It hands emails to the provider. GET /api/admin/outbox?status=pending lists those that are due.",
  storage: "It compares the file storage with the database, and only the Worker has the file storage.",
  remove_files: "It deletes from the file storage, which only the Worker has.",
};

/** Every job by its name. */
export const JOBS = Object.assign({}, ...Object.values(CRONS)) as (typeof CRONS)[string];

/** Throws for a job that only the Worker can run. */
export function assertForCommand(name: string): void {
  const why = Object.hasOwn(ONLY_IN_THE_WORKER, name) ? ONLY_IN_THE_WORKER[name] : undefined;
  if (why !== undefined) throw new Error(`Only the Worker can run ${name}, and it has no dry run. ${why}`);
}

/** Jobs that leave out addresses which get no mail. Those are stored as hashes, and only the Worker's key finds them. */
const LEAVES_OUT_ADDRESSES = new Set(["newsletters", "reminders"]);

/** Throws for a job that would count on a key that we do not have. */
export function assertKnowsAddresses(name: string, database_url: string, environment = process.env): void {
  if (!LEAVES_OUT_ADDRESSES.has(name) || isLocal(database_url) || environment.SECOND_FACTOR_KEY) return;
  throw new Error(
    `To see which addresses get no mail, ${name} needs the Worker's SECOND_FACTOR_KEY in the environment (and SECOND_FACTOR_KEY_PREVIOUS, if there is one).`,
  );
}

/** The most emails that are listed one by one. */
const LISTED = 100;

/** What a job would do at a time, if nothing changed until then: lines to read. It writes nothing. */
export async function dryRun(name: string, settings: Settings, at: Date): Promise<string[]> {
  assertForCommand(name);
  if (name === "reminders") return dueReminders(contextOf(settings, at), at);
  const instant = `'${at.toISOString()}'::timestamptz`;
  // PostgreSQL looks for `now()` along this path.
  const clock = ["now", "clock_timestamp"].map(
    (function_name) =>
      `create function dry_run.${function_name}() returns timestamptz language sql stable as $$ select ${instant} $$;`,
  );
  const runs = await rolledBack(
    settings.DATABASE_URL,
    `create schema dry_run; ${clock.join(" ")} set local search_path = dry_run, pg_catalog, public`,
  );
  const { neon_url, stop } = await startNeon({ port: 0, runs });
  try {
    const ctx = contextOf({ ...settings, NEON_HTTP_ENDPOINT: `${neon_url}/sql` }, at);
    return await report(name, { ...ctx, clock: () => at, stripe: nobody() });
  } finally {
    await stop();
  }
}

/** What stands for Stripe: asking it anything fails. */
const nobody = (): Context["stripe"] =>
  new Proxy(Object.create(null), {
    get() {
      throw new Error("A dry run asks Stripe for nothing");
    },
  });

async function report(name: string, ctx: Context): Promise<string[]> {
  const job = JOBS[name];
  if (!job) throw new Error(`There is no job ${name}`);
  const { last } = await ctx.transact((t) => ({
    last: t.one(query.select({ number: sql<string>`coalesce(max(${emails.queue_number}), 0)` }).from(emails)),
  }));
  const did = await job.run(ctx);
  const written = gt(emails.queue_number, sql`${last.number}::bigint`);
  const { mails, total } = await ctx.transact((t) => ({
    mails: t.many(
      query
        .select({ due: emails.next_attempt_at, template: emails.template, user_id: emails.user_id })
        .from(emails)
        .where(written)
        .orderBy(asc(emails.next_attempt_at), asc(emails.queue_number))
        .limit(LISTED),
    ),
    total: t.one(query.select({ count: count() }).from(emails).where(written)),
  }));
  return [
    ...mails.map(({ due, template, user_id }) => `${due}  ${template.padEnd(20)}  ${user_id ?? ""}`),
    `${name} at ${ctx.now.toISOString()}: ${JSON.stringify(did)}`,
    `${total.count} emails${total.count > mails.length ? `, of which ${mails.length} are shown` : ""}. Nothing was written.`,
  ];
}

/** For reminders, also why each of the others would not go out. */
async function dueReminders(ctx: Context, at: Date): Promise<string[]> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const { items, total } = await ctx.transact((t) => upcomingReminders(t, { settings: ctx.settings, now, by: now }));
  return [
    ...items.map(
      ({ due_at, kind, outcome, person, subject_id }) =>
        `${due_at}  ${outcome.padEnd(10)}  ${kind.padEnd(20)}  ${person?.id ?? ""}  about ${subject_id}`,
    ),
    `${total} due at ${at.toISOString()}${total > items.length ? `, of which ${items.length} are shown` : ""}.`,
  ];
}
