import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import type { Refusal, RefusalStatus } from "../http/errors.ts";

/** Builds statements. It has no connection: what it builds runs through `ctx.transact` and nowhere else. */
export const query = drizzle.mock();

type Runnable<Result> = RunnableQuery<Result, "pg">;

/** A statement whose rows nobody reads: a guard or an effect. */
export interface Silent {
  readonly yields: false;
  readonly query: Runnable<unknown>;
  /** Whether it put mail in the outbox, which is then delivered right after the answer. */
  mailed(result: unknown): boolean;
}

/** A statement that gives `transact` a value. */
export interface Yielding<T> {
  readonly yields: true;
  readonly query: Runnable<unknown>;
  read(rows: unknown): T;
}

export type Statement = Silent | Yielding<unknown>;

/** What a list of statements yields: one value for each that is not silent, in order. */
export type Yields<S extends readonly Statement[]> = S extends readonly [infer First, ...infer Rest extends Statement[]]
  ? First extends Yielding<infer T>
    ? [T, ...Yields<Rest>]
    : Yields<Rest>
  : // Silent ones that were spread in front have no number: what stands behind them is read from the end.
    S extends readonly [...infer Others extends Statement[], infer Last]
    ? Last extends Yielding<infer T>
      ? [...Yields<Others>, T]
      : Yields<Others>
    : [];

const silent = (statement: Runnable<unknown>, mailed: Silent["mailed"] = () => false): Silent => ({
  yields: false,
  query: statement,
  mailed,
});

/** A rule: unless `holds`, the transaction is undone and the client gets this refusal. SQL may say what stands in the way. */
export const guard = (holds: SQL, status: RefusalStatus, code: string, sentence: string | SQL): Silent =>
  silent(query.execute(sql`select ensure(${holds}, ${status}, ${code}, ${sentence})`));

/** A write, or a lock. */
export const effect = (statement: Runnable<unknown>): Silent => silent(statement);

/** A write of mail to the outbox, of as many as are due. */
export const mailing = (statement: Runnable<{ rowCount: number }>): Silent =>
  silent(statement, (result) => (result as { rowCount: number }).rowCount > 0);

/** What gives rows: a statement of the query builder, or raw SQL with `query.execute<Row>`. */
export type Rows<Row> = Runnable<Row[] | { rows: Row[] }>;

const rowsOf = <Row>(result: unknown): Row[] =>
  Array.isArray(result) ? (result as Row[]) : (result as { rows: Row[] }).rows;

/** All rows. */
export const many = <Row>(statement: Rows<Row>): Yielding<Row[]> => ({
  yields: true,
  query: statement,
  read: rowsOf<Row>,
});

/** The row, or undefined. */
export const maybe = <Row>(statement: Rows<Row>): Yielding<Row | undefined> => ({
  yields: true,
  query: statement,
  read: (result) => rowsOf<Row>(result)[0],
});

/** The row. Without one: the refusal, for a plain read; where guards before it made sure, there always is one. */
export const one = <Row>(statement: Rows<Row>, missing?: Refusal): Yielding<Row> => ({
  yields: true,
  query: statement,
  read: (result) => {
    const [row] = rowsOf<Row>(result);
    if (row === undefined) throw missing ?? new Error("A statement that must yield a row yielded none");
    return row;
  },
});
