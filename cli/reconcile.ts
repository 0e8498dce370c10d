import { parseArgs } from "node:util";
import { JobFailed } from "../src/jobs/run.ts";
import { formatCents } from "../src/money/format.ts";
import type { DayComparison, ReconciliationReport } from "../src/stripe-events/reconcile/report.ts";
import { reconcile } from "../src/stripe-events/reconcile/run.ts";
import { asCommand } from "./command.ts";
import { contextOf, settingsFor, withoutMails } from "./job-context.ts";

const USAGE = `npm run reconcile -- [--since 2026-01-01] [--no-mails]
Repairs the database from Stripe, and compares each day's money (UTC) since that date. The default is the last 30 days.
--no-mails: withholds the emails that repairs would send, because another system already sent them.
For a database other than the local one, set DATABASE_URL and STRIPE_SECRET_KEY, and CURRENCY unless it is usd.`;

const DAY = 86_400_000;

function describe({ since, until, repairs, concerns, days, unexplained }: ReconciliationReport, currency: string) {
  const shown = (columns: object | null) => (columns ? JSON.stringify(columns) : "nothing");
  return [
    `From ${since} to ${until}`,
    "",
    ...tableOf(days, currency),
    "",
    repairs.length === 0 ? "Nothing to repair." : `Repaired: ${repairs.length}`,
    ...repairs.map(
      ({ kind, object_id, before, after }) => `  ${kind} ${object_id}: ${shown(before)} → ${shown(after)}`,
    ),
    ...(concerns.length === 0 ? [] : ["", `Needs a person: ${concerns.length}`]),
    ...concerns.map(({ kind, object_id, reason }) => `  ${kind} ${object_id}: ${reason}`),
    "",
    unexplained === 0 ? "The database and Stripe agree." : `Unexplained: ${unexplained}`,
  ].join("\n");
}

function tableOf(days: DayComparison[], currency: string): string[] {
  const money = (cents: number) => formatCents(cents, currency).padStart(16);
  const row = (day: string, ...columns: string[]) => [day.padEnd(12), ...columns].join("");
  return [
    row("Day (UTC)", ..."Ours,Stripe,Not ours".split(",").map((title) => title.padStart(16))),
    ...days.flatMap(({ day, ours_cents, stripe_cents, others_cents, unmatched }) => [
      row(day, money(ours_cents), money(stripe_cents), money(others_cents)),
      ...unmatched.map(
        ({ id, type, amount_cents }) =>
          `  ${type === "ours" ? "only here" : `only at Stripe (${type})`}: ${id} ${formatCents(amount_cents, currency)}`,
      ),
    ]),
  ];
}

function sinceOf(text: string | undefined, now: Date): Date {
  if (text === undefined) return new Date(now.getTime() - 30 * DAY);
  const since = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) || Number.isNaN(since.getTime()) || since > now)
    throw new Error(`--since must be a date in the past, such as 2026-01-01, not "${text}".`);
  return since;
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: { since: { type: "string" }, "no-mails": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const now = new Date();
  const since = sinceOf(values.since, now);
  const settings = settingsFor(database_url);
  try {
    const ctx = contextOf(settings, now);
    const report = await reconcile(values["no-mails"] ? withoutMails(ctx) : ctx, { since });
    console.log(describe(report, settings.CURRENCY));
    if (report.unexplained > 0) process.exitCode = 1;
  } catch (error) {
    if (error instanceof JobFailed)
      console.log(`Stopped early. Everything in this report has been done.\n${JSON.stringify(error.report)}`);
    throw error instanceof JobFailed ? error.cause : error;
  }
});
