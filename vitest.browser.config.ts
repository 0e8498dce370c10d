import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** `npm run test:browser`: the same stack, looked at with Chromium. Screenshots go to dist/screenshots. */
export default defineConfig({
  test: {
    ...base.test,
    maxWorkers: 1, // one browser, at the one address that links point at
    include: ["test/browser/**/*.test.ts"],
    exclude: [],
    globalSetup: ["test/harness/setup.ts", "test/browser/setup.ts"],
    testTimeout: 180_000,
  },
});
