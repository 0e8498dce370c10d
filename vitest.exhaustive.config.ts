import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** `npm run test:exhaustive`: properties over so many cases that they take minutes; `npm test` has a sample of each. */
export default defineConfig({
  test: {
    ...base.test,
    include: ["test/exhaustive/**/*.test.ts"],
    exclude: [],
    testTimeout: 3_600_000,
    // How far they are is to be read while they run.
    disableConsoleIntercept: true,
  },
});
