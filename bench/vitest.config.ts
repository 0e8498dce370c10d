import { defineConfig } from "vitest/config";
import base from "../vitest.config.ts";

/**
 * `npm run bench`: the stack of the tests, measured. Ends by itself after some twenty minutes; `-- -t "round trips"` picks
 * a part.
 */
export default defineConfig({
  test: {
    ...base.test,
    maxWorkers: 1,
    include: ["bench/measure.ts"],
    exclude: [],
    testTimeout: 1_800_000,
    // The tables as they are, without a heading by each.
    disableConsoleIntercept: true,
  },
});
