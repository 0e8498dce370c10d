import { sql } from "drizzle-orm";
import { bigint, boolean, check, pgTable } from "drizzle-orm/pg-core";
import { timestamps } from "./columns.ts";

/** One row: how much of the R2 allowance we use. */
export const storage_usage = pgTable(
  "storage_usage",
  {
    singleton: boolean().primaryKey().default(true),
    used_bytes: bigint({ mode: "number" }).notNull().default(0),
    limit_bytes: bigint({ mode: "number" }).notNull().default(10_737_418_240),
    ...timestamps,
  },
  (t) => [
    check("storage_usage_singleton", sql`${t.singleton}`),
    check("storage_usage_bytes", sql`${t.used_bytes} >= 0 and ${t.limit_bytes} > 0`),
  ],
);
