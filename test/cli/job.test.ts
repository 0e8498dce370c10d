import { expect, onTestFinished, test } from "vitest";
import { dryRun, JOBS } from "../../cli/dry-run.ts";
import { startNeon } from "../../local/neon/server.ts";
import type { Settings } from "../../src/env.ts";
import { movedClock } from "../harness/moved-clock.ts";
import { settings } from "../harness/platform.ts";
import { run, seededDatabase } from "./run.ts";

/** How many rows each table has, and the newest change of any. */
const LOOK = `select table_name, (xpath('/row/c/text()', query_to_xml(
    format('select count(*)::text || max(xmin::text::bigint) as c from public.%I', table_name), false, true, '')))[1]::text as rows
  from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;

async function platform() {
  const clock = await movedClock();
  await clock.moveTo("2027-03-01T12:00:00Z");
  const user_id = await clock.person("active");
  await clock.insert("subscriptions", {
    user_id,
    plan_id: await clock.plan(),
    status: "active",
    billing_cycle: "custom",
    base_subscription_cents: 6000,
    payment_method: "cash",
    current_term_start: "2026-09-01T04:00:00Z",
    current_term_end: "2027-03-03T05:00:00Z",
    cancel_at_period_end: true,
  });
  const settings: Settings = { ...clock.settings, DATABASE_URL: clock.database_url };
  const dry = (job: string, at = new Date("2027-03-03T05:17:00Z")) => dryRun(job, settings, at);
  return { ...clock, user_id, dry };
}

test("every job shows what it would do at a time and changes nothing, or says why it cannot", async () => {
  const { sql, dry, user_id } = await platform();
  const before = await sql(LOOK);
  const shown: Record<string, string> = {};
  for (const job of Object.keys(JOBS))
    shown[job] = await dry(job).then(
      (lines) => lines.join("\n"),
      (error: Error) => `refused: ${error.message}`,
    );
  expect(await sql(LOOK)).toEqual(before);
  expect(shown.follow_up_billing).toContain(`2027-03-03T13:00:00.000Z  membership_ended      ${user_id}`);
  expect(shown.follow_up_billing).toContain('"ended":1');
  expect(shown.follow_up_billing).toContain("1 emails. Nothing was written.");
  const refused = Object.keys(shown).filter((job) => shown[job]?.startsWith("refused: Only the Worker can run"));
  expect(refused.sort()).toEqual(["deliver_mail", "erase_people", "reconcile", "remove_files", "storage"]);
  for (const job of Object.keys(JOBS).filter((name) => !refused.includes(name)))
    expect(shown[job], job).toMatch(/Nothing was written\.|due at/);
});

test("a dry run shows nothing that is not due at its time", async () => {
  const { dry } = await platform();
  expect((await dry("follow_up_billing", new Date("2027-03-03T04:17:00Z"))).join()).toContain('"ended":0');
});

test("with a database elsewhere, jobs ask for the one key that they need, and not for Stripe's", async () => {
  // Another name of this machine, which the command does not know as local.
  const DATABASE_URL = Object.assign(new URL(await seededDatabase()), { hostname: "127.1" }).href;
  const { neon_url, stop } = await startNeon({ port: 0, database_url: DATABASE_URL });
  onTestFinished(stop);
  const environment = { DATABASE_URL, NEON_HTTP_ENDPOINT: `${neon_url}/sql` };
  const { SECOND_FACTOR_KEY } = settings;
  expect(await run("job.ts", environment, ["reminders"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("reminders needs the Worker's SECOND_FACTOR_KEY"),
  });
  expect(await run("job.ts", { ...environment, SECOND_FACTOR_KEY }, ["reminders"])).toMatchObject({
    code: 0,
    stderr: "",
  });
  const dry = await run("job.ts", environment, ["follow_up_billing", "--dry-run"]);
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was written.") });
});
