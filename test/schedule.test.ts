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
  const hours: Record<string, number> = {};
  for (const [cron, jobs] of Object.entries(JOBS)) {
    const [, hour] = cron.split(" ");
    for (const job of Object.keys(jobs)) hours[job] = Math.min(hours[job] ?? 24, hour === "*" ? 1 : 24);
  }
  expect(JOB_HOURS).toEqual(hours);
});
