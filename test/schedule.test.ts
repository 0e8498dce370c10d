import { expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { JOBS } from "../src/schedule.ts";

test.each(["", "test", "staging", "production"])(
  "every cron of wrangler.toml has its jobs, in the environment '%s'",
  (env) => {
    const { triggers } = unstable_readConfig({ config: "wrangler.toml", env }, { hideWarnings: true });
    expect(triggers.crons).toEqual(Object.keys(JOBS));
  },
);
