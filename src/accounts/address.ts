import { type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";

/**
 * Locks an address, whether or not anybody owns it. Transactions that count by address must wait for each other, or they
 * would miss what the other one adds.
 */
export const lockAddress = (t: Plan, email: SQL | string): void =>
  t.effect(query.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`));
