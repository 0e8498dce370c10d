import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, histories } from "../harness/money-histories.ts";
import { moneyPlatform } from "../harness/money-platform.ts";
import { progress } from "../harness/progress.ts";

/** Those of so many events are heard in every order, in money-orders. */
const FEW_EVENTS = 7;
/** How many longer ones are to converge, out of how many that are there, whatever their length. */
const LONGER = 2_000;
const RUNS = 3_600;
/** Histories that share some platforms, and the reconciliation in the end: all that is there takes part in it. */
const TOGETHER = 200;
const PLATFORMS = 4;

const seed = Date.now();
const sample = () => fc.sample(histories({ minLength: 6, maxLength: 14 }), { seed, numRuns: RUNS });
const all = sample();
/** How many have converged, and how many of them were longer. */
const converged = { all: 0, longer: 0 };
const through = progress(`random histories of more than ${FEW_EVENTS} events`, LONGER);

test("a seed always gives the same histories", () => {
  expect(sample()).toEqual(all);
});

test.for(Array.from({ length: RUNS / TOGETHER }, (_, time) => time))(
  `${TOGETHER} random histories of money converge (seed ${seed}, from ${TOGETHER} × %i)`,
  async (time, { skip }) => {
    skip(converged.longer >= LONGER, "There are enough");
    const these = all.slice(time * TOGETHER, (time + 1) * TOGETHER);
    expect(these).toHaveLength(TOGETHER);
    const platforms = await Promise.all(Array.from({ length: PLATFORMS }, moneyPlatform));
    const count = (events: number) => {
      converged.all += 1;
      if (events <= FEW_EVENTS) return;
      converged.longer += 1;
      through();
    };
    await Promise.all(platforms.map((platform) => checkHistories(platform, these, count)));
    console.info(`converged: ${converged.all}, of them with more than ${FEW_EVENTS} events: ${converged.longer}`);
  },
);

test(`${LONGER} of those that converged had more than ${FEW_EVENTS} events (seed ${seed})`, () => {
  expect(converged.longer).toBeGreaterThanOrEqual(LONGER);
});
