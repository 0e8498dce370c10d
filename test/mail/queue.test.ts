import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { startRecorder } from "../../bench/recorder.ts";
import { registration } from "../harness/accounts.ts";
import { attemptsTo, failMails, mailsTo, untilMails } from "../harness/mailbox.ts";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { UNUSED_WORKER } from "../harness/own-worker.ts";
import { neon_url } from "../harness/platform.ts";

test("a verification mail leaves within a second of the commit, and then nobody asks the database for anything", async () => {
  const recorder = await startRecorder(neon_url);
  onTestFinished(() => void recorder.stop());
  const platform = await ownPlatform({ NEON_HTTP_ENDPOINT: recorder.endpoint });
  const outbox = outboxOfOwn(platform);
  // A busy machine may delay one of them.
  for (let time = 0; time < 4; time += 1) {
    const body = registration();
    expect((await platform.call("POST", "/api/auth/register", { body })).status).toBe(201);
    await untilMails(body.email);
  }
  const delays = (await outbox.untilDone()).map(({ created_at, sent_at }) => Number(sent_at) - Number(created_at));
  expect(delays).toHaveLength(4);
  expect(Math.min(...delays)).toBeLessThan(1000);
  expect((await outbox.pace())?.next_look_at).toBeNull();
  recorder.take();
  await sleep(1500);
  expect(recorder.take()).toEqual([]);
});

test("a mail that is due later comes at its time, by the queue alone, which is asked once", async () => {
  const platform = await ownPlatform(UNUSED_WORKER);
  const outbox = outboxOfOwn(platform);
  await outbox.add(1, { next_attempt_at: new Date(Date.now() + 20 * 3_600_000) });
  await outbox.send();
  // The longest that a queue can wait. Then it is asked again.
  const look = (await outbox.pace())?.next_look_at?.getTime() ?? 0;
  expect((look - Date.now()) / 3_600_000).toBeCloseTo(12, 1);
  await platform.sql("delete from emails");
  const due = new Date(Date.now() + 3000);
  const [address = ""] = await outbox.add(1, { next_attempt_at: due });
  await outbox.send();
  expect((await outbox.pace())?.next_look_at).toEqual(due);
  await outbox.send();
  expect((await outbox.pace())?.next_look_at).toEqual(due);
  expect(await mailsTo(address)).toEqual([]);
  const [row] = await outbox.untilDone();
  const late = (row?.sent_at?.getTime() ?? 0) - due.getTime();
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(2500);
});

test("a mail that is one too many for the provider comes when the provider says, and the attempt does not count", async () => {
  const platform = await ownPlatform(UNUSED_WORKER);
  const outbox = outboxOfOwn(platform);
  const [address = ""] = await outbox.add(1);
  await failMails({ mode: "status", status: 429, retry_after: 4, match: address, count: 1 });
  await outbox.send();
  const [waiting] = await outbox.rows();
  expect(waiting).toMatchObject({ status: "pending", attempts: 0, last_error: "429 application_error" });
  // Meanwhile nobody is served.
  const [other = ""] = await outbox.add(1);
  await outbox.send();
  expect(await attemptsTo(other)).toEqual([]);
  expect(await outbox.untilDone()).toMatchObject([
    { status: "sent", attempts: 1 },
    { status: "sent", attempts: 1 },
  ]);
  expect((await attemptsTo(address)).map(({ status }) => status)).toEqual([429, 200]);
});

test("what a lost message of the queue left goes out with the hourly cron", async () => {
  const platform = await ownPlatform(UNUSED_WORKER);
  const outbox = outboxOfOwn(platform);
  const [address = ""] = await outbox.add(1);
  // The queue said that it would look later, and never does.
  await platform.sql("update mail_pace set next_look_at = now() + interval '10 hours'");
  await platform.fire("17 * * * *");
  expect(await outbox.untilDone()).toMatchObject([{ status: "sent" }]);
  expect(await mailsTo(address)).toHaveLength(1);
  expect(await platform.lastRun("deliver_mail")).toMatchObject({
    outcome: "succeeded",
    report: { sent: 1, failed: 0 },
  });
});

test("while nothing can be sent to the queue, a mail that has to be tried again goes out with the next hourly cron", async () => {
  const platform = await ownPlatform(UNUSED_WORKER);
  const outbox = outboxOfOwn(platform);
  const body = registration();
  await failMails({ mode: "status", status: 429, retry_after: 2, match: body.email, count: 1 });
  const headers = { "X-Test-Faults": "send" };
  expect((await platform.call("POST", "/api/auth/register", { body, headers })).status).toBe(201);
  await vi.waitFor(async () => expect(await attemptsTo(body.email)).toHaveLength(1), 5000);
  // The queue would have said in two seconds that it is due.
  await sleep(2700);
  expect(await outbox.rows()).toMatchObject([{ status: "pending", last_error: "429 application_error" }]);
  await platform.fire("17 * * * *");
  expect(await outbox.untilDone()).toMatchObject([{ status: "sent" }]);
  await expect.poll(async () => (await attemptsTo(body.email)).map(({ status }) => status)).toEqual([429, 200]);
  expect(await mailsTo(body.email)).toHaveLength(1);
});
