import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, histories, type Platform } from "../harness/money-histories.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const RUNS = 2_000;
/** Histories that share a platform, and the reconciliation in the end; and platforms that run at a time. */
const TOGETHER = 20;
const PLATFORMS = 4;
const EACH_TIME = TOGETHER * PLATFORMS;

const seed = Date.now();
const all = fc.sample(histories(14), { seed, numRuns: RUNS });

test.for(Array.from({ length: RUNS / EACH_TIME }, (_, time) => time))(
  `${EACH_TIME} of ${RUNS} random histories of money converge (seed ${seed}, from ${EACH_TIME} × %i)`,
  async (time) => {
    const these = all.slice(time * EACH_TIME, (time + 1) * EACH_TIME);
    expect(these).toHaveLength(EACH_TIME);
    const platforms: Platform[] = [];
    while (platforms.length < PLATFORMS) platforms.push(await ownPlatform());
    await Promise.all(
      platforms.map((platform, index) =>
        checkHistories(platform, these.slice(index * TOGETHER, (index + 1) * TOGETHER)),
      ),
    );
  },
);
