import { scheduler } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startNeon } from "../../local/neon/server.ts";
import { JOBS } from "../../src/schedule.ts";
import { registration } from "../harness/accounts.ts";
import { post } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";

test("all crons start in the same minute of an hour, so that the database sleeps for the rest of it", () => {
  expect(new Set(Object.keys(JOBS).map((cron) => cron.split(" ")[0]))).toEqual(new Set(["17"]));
});

test("once what a request caused is done, the database is asked for nothing", { timeout: 30_000 }, async () => {
  const neon = await startNeon({ port: 0 });
  onTestFinished(() => neon.stop());
  const { url } = await ownPlatform({ NEON_HTTP_ENDPOINT: `${neon.neon_url}/sql` });
  const asked = async () => ((await (await fetch(`${neon.neon_url}/stats`)).json()) as { requests: number }).requests;
  const applicant = registration();
  expect((await post("/api/auth/register", applicant, { url })).status).toBe(201);
  expect(await untilMails(applicant.email)).toHaveLength(1);
  await scheduler.wait(1000);
  const settled = await asked();
  expect(settled).toBeGreaterThan(0);
  await scheduler.wait(2500);
  expect(await asked()).toBe(settled);
});
