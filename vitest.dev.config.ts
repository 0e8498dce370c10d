import { defineConfig } from "vitest/config";

/** `npm run test:dev`: `npm run dev` as a newcomer has it, with a wrangler, a database and everything of its own. */
export default defineConfig({
  test: {
    include: ["test/dev/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
