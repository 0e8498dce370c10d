import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { newsletterPlatform } from "../test/harness/newsletter-platform.ts";
import { outboxOfOwn } from "../test/harness/own-mails.ts";
import { neon_url } from "../test/harness/platform.ts";
import { BUDGETS } from "./budgets.ts";
import { startCountingProvider } from "./provider.ts";
import { startRecorder } from "./recorder.ts";
import { printTable } from "./table.ts";
import { timed } from "./times.ts";
import { withItsWorkerd } from "./workerd.ts";

const READERS = Number(process.env.READERS ?? 50_000);
/** What Resend accepts in batches without a special agreement, with room for other mail. */
const PER_SECOND = 100;
const STOPPED_AFTER_MS = 60_000;
const LONGEST_MS = 600_000;

/**
 * A newsletter to many people: written to the outbox, stopped after a minute, and sent again to those whom it did not reach.
 * Returns what must hold.
 */
export async function measureNewsletter() {
  const provider = await startCountingProvider();
  const recorder = await startRecorder(neon_url);
  const { started, workerd } = await withItsWorkerd(() =>
    newsletterPlatform(0, { NEON_HTTP_ENDPOINT: recorder.endpoint, MAIL_API_BASE: provider.url }),
  );
  const { platform, addReaders, ask, draft, sendNow, holdMails, releaseMails } = started;
  const { settings } = outboxOfOwn(platform);
  await settings({ mails_per_second: PER_SECOND, mails_per_day: 10 * READERS });
  await holdMails();
  await addReaders(READERS);
  await platform.sql("analyze users");
  const mails = async (which = "true") => {
    const [row] = await platform.sql<{ count: number }>(`select count(*)::int as count from emails where ${which}`);
    return row?.count ?? 0;
  };
  const untilWritten = (count: number) =>
    expect.poll(() => mails(), { timeout: LONGEST_MS, interval: 100 }).toBe(count);

  const id = await draft({ body: "Hello *everybody*.\n\n".repeat(200) });
  const recipients = () => ask<{ count: number }>("GET", `/${id}/recipients`);
  const counting = await timed(recipients);
  await ask("POST", `/${id}/send`, { count: READERS });
  recorder.take();
  await workerd.forgetPeak();
  const memory_before = await workerd.memoryMib();
  const writing = await timed(async () => {
    await sendNow();
    await untilWritten(READERS);
  });
  const memory_mib = (await workerd.peakMib()) - memory_before;
  const trips_per_hundred = (recorder.take().length * 100) / READERS;
  const [size] = await platform.sql<{ bytes: number }>("select max(pg_column_size(data)) as bytes from emails");

  await releaseMails();
  await expect.poll(provider.sent, { timeout: LONGEST_MS, interval: 20 }).toBeGreaterThan(0);
  await setTimeout(STOPPED_AFTER_MS);
  const stopping = await timed(() => ask<{ handed_over: number; withdrawn: number }>("POST", `/${id}/stop`));
  const { handed_over, withdrawn } = stopping.result.body;
  await expect.poll(() => mails("status <> 'sent'"), { timeout: LONGEST_MS, interval: 100 }).toBe(0);
  await releaseMails();
  const reached = provider.sent();
  const left = (await recipients()).body.count;

  await settings({ mails_per_second: 1000 });
  await ask("POST", `/${id}/send`, { count: left });
  await sendNow();
  await untilWritten(READERS);
  const cpu_before = await workerd.cpuMs();
  const again = await timed(async () => {
    await releaseMails();
    await expect.poll(provider.sent, { timeout: LONGEST_MS, interval: 50 }).toBe(READERS);
  });
  const cpu_ms = (await workerd.cpuMs()) - cpu_before;
  await expect.poll(() => mails("status <> 'sent'"), { timeout: LONGEST_MS, interval: 100 }).toBe(0);
  await recorder.stop();
  await provider.stop();
  printTable(
    `A newsletter to ${READERS} people, stopped after a minute at ${PER_SECOND} mails a second, then sent to the others`,
    ["figure", "value", "budget"],
    [
      ["counting its recipients, ms", counting.ms.toFixed(0), ""],
      ["writing it to the outbox, s", (writing.ms / 1000).toFixed(1), ""],
      [
        "round trips per hundred mails written",
        trips_per_hundred.toFixed(2),
        String(BUDGETS.trips_per_hundred_recipients),
      ],
      ["memory added by writing, MiB", memory_mib.toFixed(0), String(BUDGETS.bulk_memory_mib)],
      ["its part of the outbox, bytes per mail", String(size?.bytes), ""],
      ["stopping, ms", stopping.ms.toFixed(0), ""],
      ["handed over by then, as the answer says", String(handed_over), ""],
      ["that the provider got in all until it was sent again", String(reached), String(handed_over)],
      ["withdrawn, as the answer says", String(withdrawn), String(READERS - handed_over)],
      ["recipients when it is sent again", String(left), String(withdrawn)],
      ["mails a second then, with a setting of 1000", ((left * 1000) / again.ms).toFixed(0), ""],
      ["CPU time of workerd per mail then, ms", (cpu_ms / left).toFixed(2), ""],
      ["people who got it twice", String(provider.twice()), "0"],
    ],
  );
  return {
    readers: READERS,
    counted: counting.result.body.count,
    trips_per_hundred,
    memory_mib,
    handed_over,
    reached,
    withdrawn,
    left,
    sent: provider.sent(),
    twice: provider.twice(),
  };
}
