import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { Context } from "../src/http/context.ts";
import { forgetOld } from "../src/jobs/retention.ts";
import { type Job, runJob } from "../src/jobs/run.ts";
import { remind } from "../src/reminders/remind.ts";
import { upcomingReminders } from "../src/reminders/upcoming.ts";
import { followUpBilling } from "../src/subscriptions/billing-follow-ups.ts";
import { asCommand } from "./command.ts";
import { contextOf, settingsFor } from "./job-context.ts";

/** The jobs that need the database alone. The others need the Worker. */
const JOBS: Record<string, Job> = {
  reminders: { run: remind },
  follow_up_billing: { run: followUpBilling },
  forget_old: { run: forgetOld },
};

const USAGE = `npm run job -- <name> [--dry-run [--at 2027-03-01T12:00Z]]
Runs a job: ${Object.keys(JOBS).join(", ")}. The Worker sends the emails within the hour.
With --dry-run, only for reminders: shows what would go out now, or at that time if nothing changes until then, and writes nothing.
For a database other than the local one, set DATABASE_URL.`;

function instantGiven(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const at = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at.getTime()))
    throw new Error(`--at must be an instant, such as 2027-03-01T12:00Z, not "${text}".`);
  return at;
}

async function showReminders(ctx: Context, at: Date): Promise<void> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const { items, total } = await ctx.transact((t) => upcomingReminders(t, { settings: ctx.settings, now, by: now }));
  for (const { due_at, kind, outcome, person, subject_id } of items)
    console.log(`${due_at}  ${outcome.padEnd(10)}  ${kind.padEnd(20)}  ${person?.id ?? ""}  about ${subject_id}`);
  console.log(
    `${total} due at ${at.toISOString()}${total > items.length ? `, of which ${items.length} are shown` : ""}.`,
  );
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { at: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const [name = "", ...others] = positionals;
  const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
  if (!job || others.length > 0) throw new Error(USAGE);
  const now = new Date();
  const ctx = contextOf(settingsFor(database_url), now);
  if (values["dry-run"]) {
    if (name !== "reminders") throw new Error("Only reminders have a dry run.");
    return showReminders(ctx, instantGiven(values.at, now));
  }
  if (values.at !== undefined) throw new Error("--at needs --dry-run: a job does what is due now.");
  if (!(await runJob(ctx, name, job))) process.exitCode = 1;
});
