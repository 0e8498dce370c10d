import { defineConfig } from "vitest/config";
import base from "../vitest.config.ts";

/** `npm run bench`: measures the test stack, in about twenty minutes. `-- -t "round trips"` runs one part. */
export default defineConfig({
  test: {
    ...base.test,
    maxWorkers: 1,
    include: ["bench/measure.ts"],
    exclude: [],
    testTimeout: 1_800_000,
    // Prints the tables without a heading for each.
    disableConsoleIntercept: true,
  },
});
