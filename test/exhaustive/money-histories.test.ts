import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, histories } from "../harness/money-histories.ts";
import { ownPlatform } from "../harness/own-platform.ts";

const RUNS = 2_000;
/** Histories that share a platform, and the reconciliation in the end. */
const TOGETHER = 20;

const seed = Date.now();
const all = fc.sample(histories(14), { seed, numRuns: RUNS });

test.for(Array.from({ length: RUNS / TOGETHER }, (_, batch) => batch))(
  `${TOGETHER} of ${RUNS} random histories of money converge (seed ${seed}, from ${TOGETHER} × %i)`,
  async (batch) => {
    const these = all.slice(batch * TOGETHER, (batch + 1) * TOGETHER);
    expect(these).toHaveLength(TOGETHER);
    await checkHistories(await ownPlatform(), these);
  },
);
