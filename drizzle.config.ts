import { defineConfig } from "drizzle-kit";

// Only for `drizzle-kit generate`: migrations are applied by `npm run db:migrate`.
export default defineConfig({ dialect: "postgresql", schema: "./src/tables/schema.ts", out: "./migrations" });
