import type { SQL } from "drizzle-orm";
import { eq, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import { users } from "../members/tables.ts";

/** Whoever signs somebody in, or changes how, waits here for the others. */
export const lockAccount = (user_id: string): Silent =>
  effect(query.select({ id: users.id }).from(users).where(eq(users.id, user_id)).for("no key update"));

/**
 * What is counted by address, whether somebody has it or not, waits here for what is counted at the same time: so that
 * none is overlooked by the statements that follow.
 */
export const lockAddress = (email: SQL | string): Silent =>
  effect(query.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`));
