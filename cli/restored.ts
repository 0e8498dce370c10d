import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { Plan } from "../src/database/plan.ts";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import { JobFailed } from "../src/jobs/run.ts";
import { KINDS } from "../src/reminders/kinds.ts";
import { noteAsTold } from "../src/reminders/told.ts";
import { RECONCILE, reconcile } from "../src/stripe-events/reconcile/run.ts";
import { followUpBilling } from "../src/subscriptions/billing-follow-ups.ts";
import { sessions } from "../src/tables/accounts.ts";
import { newsletter_archives } from "../src/tables/documents.ts";
import { job_states } from "../src/tables/jobs.ts";
import { emails } from "../src/tables/mail.ts";
import { asCommand } from "./command.ts";
import { givenInstant } from "./instant.ts";
import { contextOf, settingsFor, withoutMails } from "./job-context.ts";
import { describeReconciliation } from "./reconciliation.ts";

const USAGE = `npm run restored -- --stopped 2027-03-02T14:05Z
After a restore, before the Worker uses the database: ends all sessions, holds back emails, newsletters and reminders that went out
since the backup, and fetches payments from Stripe. It prints what it did and what a person must do. If it is interrupted, run it again.
--stopped: when the Worker last used the former database. People got the emails about what happened until then. They will get receipts,
refunds and ends of memberships from after that. It holds back all other emails that it causes, and lists them.
For a database other than the local one, set DATABASE_URL and STRIPE_SECRET_KEY, and CURRENCY unless it is usd.`;

const DAY = 86_400_000;

/** Ends sessions, and holds back what would go out again by itself. */
const holdBack = (t: Plan, stopped: Date) => {
  const count = (changed: ReturnType<typeof sql>) =>
    t.one(
      query.execute<{ count: number }>(
        sql`with changed as (${changed} returning 1) select count(*)::integer as count from changed`,
      ),
    );
  return {
    sessions: count(
      sql`update ${sessions} set revoked_at = now(), revoked_reason = 'logout' where ${sessions.revoked_at} is null`,
    ),
    // Not the receipts that an earlier run of this command wrote.
    emails: count(
      sql`update ${emails} set status = 'withheld', last_error = 'restored'
        where ${emails.status} = 'pending' and ${emails.created_at} < ${stopped.toISOString()}::timestamptz`,
    ),
    newsletters: t.many(
      query
        .update(newsletter_archives)
        .set({ send_status: "stopped", stopped_at: sql`now()` })
        .where(sql`${newsletter_archives.send_status} in ('scheduled', 'sending')`)
        .returning({ id: newsletter_archives.id, send_at: newsletter_archives.send_at }),
    ),
  };
};

/** What catching up held back, by template: a person decides whether one of these is to go out. */
const selectHeldBackSince = (began: Date) =>
  query
    .select({ template: emails.template, count: sql<number>`count(*)::integer` })
    .from(emails)
    .where(sql`${emails.last_error} = 'restored' and ${emails.created_at} >= ${began.toISOString()}::timestamptz`)
    .groupBy(emails.template)
    .orderBy(emails.template);

/** When jobs last ran with this database, by its own account. */
const selectLastJobs = () =>
  query
    .select({
      any: sql<string | null>`max(${job_states.last_succeeded_at})`.mapWith(job_states.last_succeeded_at),
      reconciled: sql<
        string | null
      >`max(${job_states.last_succeeded_at}) filter (where ${job_states.job} = ${RECONCILE})`.mapWith(
        job_states.last_succeeded_at,
      ),
    })
    .from(job_states);

/** Throws if jobs ran after the Worker was stopped. Returns since when Stripe is to be asked: a day before it last was. */
async function startOf(ctx: Context, stopped: Date): Promise<Date> {
  const { last } = await ctx.transact((t) => ({ last: t.one(selectLastJobs()) }));
  if (last.any !== null && new Date(last.any) > stopped)
    throw new Error(
      `A job ran with this database at ${last.any}, after --stopped. Stop the Worker, or say when it last used the former database.`,
    );
  return new Date((last.reconciled === null ? ctx.now.getTime() - 29 * DAY : Date.parse(last.reconciled)) - DAY);
}

const WHAT_REMAINS = `What remains (docs/operations.md, "Restoring"):
  erase again who was erased since the backup: npm run erase:again
  connect the Worker
  payments without a row here: GET /api/admin/webhook-events?status=parked, and those that need a person above
  newsletters that were stopped: find out which went out
  enter again what people did here since the backup: new people, cash and checks, offline gifts, roles`;

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({ options: { stopped: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return console.log(USAGE);
  if (values.stopped === undefined) throw new Error(`When did the Worker stop? Pass --stopped.\n\n${USAGE}`);
  const stopped = givenInstant("--stopped", values.stopped);
  const now = new Date();
  if (stopped > now) throw new Error("--stopped is in the future. Stop the Worker first.");
  const settings = settingsFor(database_url);
  const ctx = contextOf(settings, now);
  const since = await startOf(ctx, stopped);

  const held = await ctx.transact((t) => holdBack(t, stopped));
  console.log(`Sessions ended: ${held.sessions.count}\nEmails held back: ${held.emails.count}`);
  console.log(`Newsletters stopped: ${held.newsletters.length}`);
  for (const { id, send_at } of held.newsletters) console.log(`  ${id}, which was to begin at ${send_at}`);

  const quiet = withoutMails(ctx, "restored", stopped);
  const report = await reconcile(quiet, { since }).catch((error: unknown) => {
    const cause = error instanceof JobFailed ? error.cause : error;
    throw new Error("Reconciliation stopped early. What it did stays. Run this again", { cause });
  });
  console.log(`\n${describeReconciliation(report, settings.CURRENCY)}\n`);

  const ended = await followUpBilling(quiet);
  console.log(`Terms followed up: ${JSON.stringify(ended)}`);
  // After both: they decide which dues are past due.
  let sent = 0;
  for (const kind of KINDS) {
    const { told } = await ctx.transact((t) => ({
      told: noteAsTold(t, kind, sql`${stopped.toISOString()}::timestamptz`),
    }));
    sent += told.sent;
  }
  console.log(`Reminders that count as sent: ${sent}`);
  const { by_template } = await ctx.transact((t) => ({ by_template: t.many(selectHeldBackSince(now)) }));
  for (const { template, count } of by_template) console.log(`Held back while catching up: ${count} of ${template}`);
  console.log(`\n${WHAT_REMAINS}`);
});
