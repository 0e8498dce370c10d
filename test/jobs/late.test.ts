import { expect, test } from "vitest";
import { ownPlatform } from "../harness/own-platform.ts";

const HOURLY = "17 * * * *";

const mailsOf = (platform: Awaited<ReturnType<typeof ownPlatform>>) =>
  platform.sql<{ to_email: string; jobs: string[] }>(
    "select to_email, data->'jobs' as jobs from emails where template = 'jobs_late' order by to_email",
  );

test("a job that no longer succeeds shows in the readiness check, and is told once to those who read the log of jobs", async () => {
  const platform = await ownPlatform();
  const { call, fire, sql, volunteer } = platform;
  const readiness = async () => (await call("GET", "/health/ready")).body;
  const reader = await volunteer("settings.audit");
  await volunteer("settings.view");
  await fire(HOURLY);
  expect(await readiness()).toEqual({ status: "ok", late_jobs: [] });

  // The nightly job was expected two days ago, and the hourly one last succeeded three hours ago. Neither runs now.
  await sql("update job_states set created_at = now() - interval '49 hours' where job = 'forget_old'");
  await sql("update job_states set last_succeeded_at = now() - interval '119 minutes' where job = 'reconcile'");
  expect(await readiness()).toEqual({ status: "degraded", late_jobs: ["forget_old"] });
  await fire(HOURLY);
  await fire(HOURLY);
  expect(await mailsOf(platform)).toEqual([{ to_email: reader.email, jobs: ["forget_old"] }]);

  await fire("17 3 * * *");
  expect(await readiness()).toEqual({ status: "ok", late_jobs: [] });
  await sql("update job_states set last_succeeded_at = now() - interval '49 hours' where job = 'forget_old'");
  await fire(HOURLY);
  expect(await mailsOf(platform)).toHaveLength(2);
});

test("if the hourly cron no longer starts, the nightly one tells of it, or whatever else happens; two at once tell it once", async () => {
  for (const happens of ["the nightly cron", "a mail"] as const) {
    const platform = await ownPlatform();
    const { sql, fire, look, volunteer } = platform;
    const { email } = await volunteer("settings.audit");
    // Nothing but this has run for three hours, or ever.
    await (happens === "a mail" ? look("mail") : fire("17 3 * * *"));
    expect(await mailsOf(platform)).toEqual([]);
    await sql(
      "update job_states set created_at = now() - interval '3 hours', last_succeeded_at = null where job = 'reconcile'",
    );
    await Promise.all(Array.from({ length: 3 }, () => (happens === "a mail" ? look("mail") : fire("17 3 * * *"))));
    expect(await mailsOf(platform)).toEqual([{ to_email: email, jobs: ["reconcile"] }]);
  }
});
