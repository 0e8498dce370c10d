import { expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { JOB_HOURS } from "../src/jobs/hours.ts";
import { JOBS } from "../src/schedule.ts";

test.each(["", "test", "staging", "production"])(
  "every cron of wrangler.toml has its jobs, in the environment '%s'",
  (env) => {
    const { triggers } = unstable_readConfig({ config: "wrangler.toml", env }, { hideWarnings: true });
    expect(triggers.crons).toEqual(Object.keys(JOBS));
  },
);

test("whether a job is late is judged by how often its cron runs", () => {
  const hours = Object.entries(JOBS).flatMap(([cron, jobs]) => {
    const [, hour] = cron.split(" ");
    return Object.keys(jobs).map((job) => [job, hour === "*" ? 1 : 24]);
  });
  expect(JOB_HOURS).toEqual(Object.fromEntries(hours));
});
