import { parseArgs } from "node:util";
import { runJob } from "../src/jobs/run.ts";
import { asCommand } from "./command.ts";
import { assertForCommand, assertKnowsAddresses, dryRun, JOBS } from "./dry-run.ts";
import { givenInstant } from "./instant.ts";
import { contextOf, settingsFor } from "./job-context.ts";

const USAGE = `npm run job -- <name> [--dry-run [--at 2027-03-01T12:00Z]]
Runs a job: ${Object.keys(JOBS).join(", ")}. The Worker sends the emails within the hour.
With --dry-run: shows what it would do now, or at that time if nothing changed until then, and writes nothing. Until it is done,
it holds the locks of a real run. The database must let you create a schema, which is undone too.
For a database other than the local one, set DATABASE_URL and, for newsletters and reminders, the Worker's SECOND_FACTOR_KEY.`;

await asCommand(import.meta, async ({ database_url }) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { at: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const [name = "", ...others] = positionals;
  const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
  if (!job || others.length > 0) throw new Error(USAGE);
  assertKnowsAddresses(name, database_url);
  const now = new Date();
  const settings = settingsFor(database_url, {
    STRIPE_SECRET_KEY: "unused: no job that a command may run asks Stripe",
  });
  if (values["dry-run"]) {
    const at = values.at === undefined ? now : givenInstant("--at", values.at);
    const lines = await dryRun(name, settings, at);
    return console.log(lines.join("\n"));
  }
  if (values.at !== undefined) throw new Error("--at needs --dry-run: a job does what is due now.");
  assertForCommand(name);
  if (!(await runJob(contextOf(settings, now), name, job))) process.exitCode = 1;
});
