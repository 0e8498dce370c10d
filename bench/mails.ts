import { expect } from "vitest";
import { outboxOfOwn } from "../test/harness/own-mails.ts";
import { ownPlatform } from "../test/harness/own-platform.ts";
import { neon_url } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { startCountingProvider } from "./provider.ts";
import { startRecorder } from "./recorder.ts";
import { printTable } from "./table.ts";
import { withItsWorkerd } from "./workerd.ts";

const MAILS = Number(process.env.MAILS ?? 100_000);
/** The most that the setting allows. */
const PER_SECOND = 1000;
const LONGEST_MS = 600_000;

/**
 * Many bulk mails that are due at once, sent by the queue alone, with a password reset in the middle. Returns what has a
 * budget.
 */
export async function measureMails() {
  const provider = await startCountingProvider();
  const recorder = await startRecorder(neon_url);
  const { started, workerd } = await withItsWorkerd(() =>
    ownPlatform({ NEON_HTTP_ENDPOINT: recorder.endpoint, MAIL_API_BASE: provider.url }),
  );
  const outbox = outboxOfOwn(started);
  await outbox.settings({ mails_per_second: PER_SECOND });
  const { email } = await started.person("active");
  // A warm-up: the words of all mails are loaded.
  await outbox.add(200, { lane: 2 });
  await outbox.send();
  await outbox.untilDone();
  await started.sql("delete from emails");
  const warm = provider.sent();
  await outbox.add(MAILS, { lane: 2 });
  await started.sql("analyze emails");
  recorder.take();
  await workerd.forgetPeak();
  const before = await workerd.memoryMib();
  const cpu_before = await workerd.cpuMs();
  const start = Date.now();
  const sent = () => provider.sent() - warm;
  await outbox.send();
  await expect.poll(sent, { timeout: LONGEST_MS, interval: 50 }).toBeGreaterThan(MAILS / 2);
  const halfway_mib = await workerd.peakMib();
  const asked = Date.now();
  const { status } = await started.call("POST", "/api/auth/forgot-password", { body: { email } });
  expect(status).toBe(200);
  await expect.poll(() => provider.timesOf(email), { timeout: 30_000, interval: 20 }).toHaveLength(1);
  const reset_ms = (provider.timesOf(email)[0] ?? 0) - asked;
  const left = MAILS - sent();
  await expect.poll(sent, { timeout: LONGEST_MS, interval: 100 }).toBe(MAILS + 1);
  const seconds = (Date.now() - start) / 1000;
  const cpu_ms = (await workerd.cpuMs()) - cpu_before;
  const peak_mib = await workerd.peakMib();
  const trips = recorder.take().length;
  await outbox.untilDone();
  const [rows] = await started.sql("select count(*)::int as sent from emails where status = 'sent' and attempts = 1");
  await recorder.stop();
  await provider.stop();
  printTable(
    `${MAILS} bulk mails that are due at once, at most ${PER_SECOND} a second`,
    ["figure", "value", "budget"],
    [
      ["mails a second", (MAILS / seconds).toFixed(0), ""],
      ["most in one second", String(provider.busiestSecond()), ""],
      ["round trips per hundred mails", ((trips * 100) / MAILS).toFixed(2), String(BUDGETS.trips_per_hundred_mails)],
      ["CPU time of workerd per mail, ms", (cpu_ms / MAILS).toFixed(2), ""],
      ["mails that somebody got twice", String(provider.twice()), "0"],
      ["a password reset in the middle left after, ms", String(reset_ms), String(BUDGETS.reset_among_bulk_ms)],
      ["bulk mails that waited then", String(left), ""],
      ["memory of workerd before, MiB", before.toFixed(0), ""],
      ["added by the first half, MiB", (halfway_mib - before).toFixed(0), ""],
      ["added by the second half, MiB", (peak_mib - halfway_mib).toFixed(0), String(BUDGETS.bulk_memory_mib)],
    ],
  );
  return {
    first_attempts: rows?.sent,
    twice: provider.twice(),
    reset_ms,
    trips_per_hundred: (trips * 100) / MAILS,
    busiest_second: provider.busiestSecond(),
    memory_mib: peak_mib - halfway_mib,
    mails: MAILS + 1,
    per_second: PER_SECOND,
  };
}
