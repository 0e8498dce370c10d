import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { isLocal, portsFromEnvironment, ROOT, workerVars } from "../local/settings.ts";
import { identify } from "../src/access/access.ts";
import { transactor } from "../src/database/transact.ts";
import { readSettings, type Settings } from "../src/env.ts";
import type { Context } from "../src/http/context.ts";
import { JobFailed } from "../src/jobs/run.ts";
import { formatCents } from "../src/money/format.ts";
import { NO_STORAGE } from "../src/storage/storage.ts";
import { connectStripe } from "../src/stripe/client.ts";
import type { DayComparison, ReconciliationReport } from "../src/stripe-events/reconcile/report.ts";
import { reconcile } from "../src/stripe-events/reconcile/run.ts";
import { asCommand } from "./command.ts";

const USAGE = `npm run reconcile -- [--since 2026-01-01]
Repairs the database from Stripe, and compares each day's money (UTC) since that date. The default is the last 30 days.
For a database other than the local one, set DATABASE_URL and STRIPE_SECRET_KEY, and CURRENCY unless it is usd.`;

const DAY = 86_400_000;

/** Settings that the Worker needs but this command does not: it sends no mail and signs no one in. */
const UNUSED = {
  API_URL: "http://localhost",
  JWT_SECRET: "not used by this command, which signs no one in",
  SECOND_FACTOR_KEY: "not used by this command, which signs no one in",
  STRIPE_WEBHOOK_SECRET: "unused",
  MAIL_API_KEY: "unused",
  MAIL_FROM_EMAIL: "unused@example.org",
};

/** Uses the stand-ins and .dev.vars only with a database on this machine, never with one that holds real people. */
function settingsFor(database_url: string): Settings {
  const dev_vars = join(ROOT, ".dev.vars");
  const local = isLocal(database_url) ? workerVars(portsFromEnvironment(), database_url) : UNUSED;
  const file = isLocal(database_url) && existsSync(dev_vars) ? parseEnv(readFileSync(dev_vars, "utf8")) : {};
  return readSettings({ ...local, ...file, ...process.env, ENVIRONMENT: "development", DATABASE_URL: database_url });
}

/** Mail stays in the outbox. The Worker sends it within a minute. */
const contextOf = (settings: Settings, now: Date): Context => {
  const request_id = crypto.randomUUID();
  const opening = identify(request_id);
  return {
    request_id,
    now,
    clock: () => new Date(),
    settings,
    client: { user_agent: null, network: "none" },
    stripe: connectStripe(settings),
    storage: NO_STORAGE,
    afterwards: () => undefined,
    transact: transactor(settings, { opening, repeatable: false, onMail: () => undefined }).transact,
    ring: async () => undefined,
  };
};

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
  const { values } = parseArgs({ options: { since: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return console.log(USAGE);
  const now = new Date();
  const since = sinceOf(values.since, now);
  const settings = settingsFor(database_url);
  try {
    const report = await reconcile(contextOf(settings, now), { since });
    console.log(describe(report, settings.CURRENCY));
    if (report.unexplained > 0) process.exitCode = 1;
  } catch (error) {
    if (error instanceof JobFailed)
      console.log(`Stopped early. Everything in this report has been done.\n${JSON.stringify(error.report)}`);
    throw error instanceof JobFailed ? error.cause : error;
  }
});
