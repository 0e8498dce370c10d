import { defineConfig } from "vitest/config";

export default defineConfig({
  // Hundreds of sign-ins: with OWASP's parameters they are an eighth of the run. `npm run dev` and the bench have those.
  define: { PASSWORD_COST: JSON.stringify({ m: 64, t: 1, p: 1 }) },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/backup/**", "test/browser/**", "test/dev/**", "test/exhaustive/**", "test/spreadsheet/**"],
    globalSetup: "test/harness/setup.ts",
    setupFiles: "test/harness/after-each-file.ts",
    // Two processes with a Worker each, on one database: files share a process's modules, and all keep apart by making
    // their own rows.
    pool: "forks",
    maxWorkers: 2,
    isolate: false,
    reporters: process.env.CI ? ["default", "./test/harness/slowest.ts"] : ["default"],
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
