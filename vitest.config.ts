import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "test/exhaustive/**"],
    globalSetup: "test/harness/setup.ts",
    // Two processes with a Worker each, on one database: files share a process's modules, and all keep apart by making
    // their own rows.
    pool: "forks",
    maxWorkers: 2,
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
