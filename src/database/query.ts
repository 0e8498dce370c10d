import { drizzle } from "drizzle-orm/neon-http";
import type { RunnableQuery } from "drizzle-orm/runnable-query";

/** Builds statements. It has no connection: only `ctx.transact` can run what it builds. */
export const query = drizzle.mock();

/** A statement: what the query builder makes, or raw SQL with `query.execute`. */
export type Statement<Result = unknown> = RunnableQuery<Result, "pg">;

/** A statement that yields rows. With raw SQL, you name their type: `query.execute<Row>`. */
export type Rows<Row> = Statement<Row[] | { rows: Row[] }>;

export const rowsOf = <Row>(result: unknown): Row[] =>
  Array.isArray(result) ? (result as Row[]) : (result as { rows: Row[] }).rows;
