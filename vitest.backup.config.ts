import { defineConfig } from "vitest/config";

/**
 * `npm run test:backup`: with PostgreSQL's client. LOAF_BACKUP_SERVER is the address of a server of its version, where the tests
 * may make databases.
 */
export default defineConfig({
  test: { include: ["test/backup/**/*.test.ts"], testTimeout: 120_000 },
});
