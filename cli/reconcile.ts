import { parseArgs } from "node:util";
import { JobFailed } from "../src/jobs/run.ts";
import { reconcile } from "../src/stripe-events/reconcile/run.ts";
import { asCommand } from "./command.ts";
import { givenInstant } from "./instant.ts";
import { contextOf, settingsFor, withoutMails } from "./job-context.ts";
import { describeReconciliation } from "./reconciliation.ts";

const USAGE = `npm run reconcile -- [--since 2026-01-01] [--no-mails | --no-mails-before 2026-12-01T18:00Z]
Repairs the database from Stripe, and compares each day's money (UTC) since that date. The default is the last 30 days.
--no-mails: withholds the emails that repairs would send, because another system already sent them.
--no-mails-before: the same, except for receipts of what was paid, and notices of what was refunded or ended, at that time or later.
For a database other than the local one, set DATABASE_URL and STRIPE_SECRET_KEY, and CURRENCY unless it is usd.`;

const DAY = 86_400_000;

function sinceOf(text: string | undefined, now: Date): Date {
  if (text === undefined) return new Date(now.getTime() - 30 * DAY);
  const since = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) || Number.isNaN(since.getTime()) || since > now)
    throw new Error(`--since must be a date in the past, such as 2026-01-01, not "${text}".`);
  return since;
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: {
      since: { type: "string" },
      "no-mails": { type: "boolean" },
      "no-mails-before": { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const now = new Date();
  const since = sinceOf(values.since, now);
  const until = values["no-mails-before"];
  const before = until === undefined ? undefined : givenInstant("--no-mails-before", until);
  const settings = settingsFor(database_url);
  try {
    const all = contextOf(settings, now);
    const ctx = before || values["no-mails"] ? withoutMails(all, "reconciled without mails", before) : all;
    const report = await reconcile(ctx, { since });
    console.log(describeReconciliation(report, settings.CURRENCY));
    if (report.unexplained > 0) process.exitCode = 1;
  } catch (error) {
    if (error instanceof JobFailed)
      console.log(`Stopped early. Everything in this report has been done.\n${JSON.stringify(error.report)}`);
    throw error instanceof JobFailed ? error.cause : error;
  }
});
