import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { JOB_HOURS } from "../../src/jobs/hours.ts";
import { get } from "../harness/client.ts";
import { sendDueMails } from "../harness/outbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { volunteer } from "../harness/people.ts";
import { sql, worker } from "../harness/platform.ts";

interface JobPage {
  items: { id: string; job: string; outcome: string | null; report: Record<string, unknown> }[];
  next_cursor: string | null;
  total: number;
}

const list = async (token: string, search: Record<string, string>) =>
  (await get<JobPage>(`/api/admin/jobs?${new URLSearchParams(search)}`, { token })).body;

test("runs are read the latest first, page by page, and filtered by job and outcome", async () => {
  const { token } = await volunteer("settings.audit");
  const job = `test-${randomUUID()}`;
  for (const [minute, outcome] of ["succeeded", "failed", null, "succeeded"].entries())
    await sql(
      `insert into job_runs (job, outcome, started_at, finished_at, report)
       select $1, $2, at, case when $2::text is not null then at end, $3
       from (select now() + $4 * interval '1 minute' as at) times`,
      [job, outcome, { minute }, minute],
    );
  const all = await list(token, { job });
  expect(all).toMatchObject({ total: 4, next_cursor: null });
  expect(all.items.map(({ outcome, report }) => [report.minute, outcome])).toEqual([
    [3, "succeeded"],
    [2, null],
    [1, "failed"],
    [0, "succeeded"],
  ]);
  const first = await list(token, { job, limit: "2" });
  const second = await list(token, { job, limit: "2", cursor: first.next_cursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect((await list(token, { job, outcome: "failed" })).items.map(({ report }) => report.minute)).toEqual([1]);
});

test("a delivery of mail that had nothing to do is not written down", async () => {
  const [before] = await sql("select now() as at");
  await sendDueMails();
  const runs = await sql<{ report: { sent: number; failed: number } }>(
    "select report from job_runs where job = 'deliver_mail' and outcome = 'succeeded' and created_at > $1",
    [before?.at],
  );
  // Those of other tests that had.
  for (const { report } of runs) expect(report.sent + report.failed).toBeGreaterThan(0);
});

test("a night's cleaning is written down, with when it began and ended and what it did", async () => {
  const { token } = await volunteer("settings.audit");
  await worker.fire("17 3 * * *");
  const { items } = await list(token, { job: "forget_old", outcome: "succeeded", limit: "1" });
  expect(items).toMatchObject([
    { outcome: "succeeded", finished_at: expect.any(String), report: { runs: expect.any(Number) } },
  ]);
});

test("a run of a job is forgotten after 90 days", async () => {
  const job = `test-${randomUUID()}`;
  for (const days of [91, 89])
    await sql("insert into job_runs (job, started_at) values ($1, now() - $2 * interval '1 day')", [job, days]);
  await worker.fire("17 3 * * *");
  expect(await sql("select from job_runs where job = $1", [job])).toHaveLength(1);
});

test("each job is listed with when it last succeeded, also one that found nothing to do, and whether it is late", async () => {
  const { call, fire, sql, volunteer } = await ownPlatform();
  const { token } = await volunteer("settings.audit");
  const jobs = async () =>
    (
      await call<{ jobs: { job: string; every_hours: number; last_succeeded_at: string | null; is_late: boolean }[] }>(
        "GET",
        "/api/admin/jobs?job=reminders",
        { token },
      )
    ).body.jobs;
  expect((await jobs()).map(({ last_succeeded_at, is_late }) => [last_succeeded_at, is_late])).toEqual(
    Object.keys(JOB_HOURS).map(() => [null, false]),
  );
  await fire("17 * * * *");
  const reminders = async () => (await jobs()).find(({ job }) => job === "reminders");
  expect(await reminders()).toEqual({
    job: "reminders",
    every_hours: 1,
    last_succeeded_at: expect.any(String),
    is_late: false,
  });
  await sql("update job_states set last_succeeded_at = now() - interval '121 minutes' where job = 'reminders'");
  expect((await reminders())?.is_late).toBe(true);
});
