import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "test/exhaustive/**"],
    globalSetup: "test/harness/setup.ts",
    // One Worker serves all files: they share a process and its modules, and keep apart by making their own rows.
    pool: "forks",
    maxWorkers: 1,
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
