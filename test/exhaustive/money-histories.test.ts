import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, histories } from "../harness/money-histories.ts";
import { moneyPlatform } from "../harness/money-platform.ts";
import { progress } from "../harness/progress.ts";

const RUNS = 2_000;
/** Histories that share some platforms, and the reconciliation in the end: all that is there takes part in it. */
const TOGETHER = 200;
const PLATFORMS = 4;

const seed = Date.now();
const all = fc.sample(histories(14), { seed, numRuns: RUNS });
const through = progress("random histories of money", RUNS);

test.for(Array.from({ length: RUNS / TOGETHER }, (_, time) => time))(
  `${TOGETHER} of ${RUNS} random histories of money converge (seed ${seed}, from ${TOGETHER} × %i)`,
  async (time) => {
    const these = all.slice(time * TOGETHER, (time + 1) * TOGETHER);
    expect(these).toHaveLength(TOGETHER);
    const platforms = await Promise.all(Array.from({ length: PLATFORMS }, moneyPlatform));
    await Promise.all(platforms.map((platform) => checkHistories(platform, these, through)));
  },
);
