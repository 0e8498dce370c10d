import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** `npm run test:spreadsheet`: the same stack, whose exports LibreOffice opens. */
export default defineConfig({
  test: {
    ...base.test,
    maxWorkers: 1,
    include: ["test/spreadsheet/**/*.test.ts"],
    exclude: [],
    testTimeout: 120_000,
  },
});
