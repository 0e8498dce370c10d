import { type SQL, sql } from "drizzle-orm";
import type { ErrorCode } from "../http/error-codes.ts";
import type { Refusal, RefusalStatus } from "../http/errors.ts";
import { insertMail, type OutgoingMail } from "../mail/outbox.ts";
import type { TemplateKey } from "../mail/templates.ts";
import { INVALID, type InvalidField } from "./errors.ts";
import { query, type Rows, rowsOf, type Statement } from "./query.ts";

/** Stands for a value that a transaction will yield. */
export class Handle<T> {
  readonly read: (results: readonly unknown[]) => T;

  constructor(read: (results: readonly unknown[]) => T) {
    this.read = read;
  }
}

/** What a plan returned, with its handles replaced by their values. */
export type Values<Shape> =
  Shape extends Handle<infer T>
    ? T
    : Shape extends Record<string, unknown>
      ? { [Name in keyof Shape]: Values<Shape[Name]> }
      : Shape;

export function valuesOf<Shape>(shape: Shape, results: readonly unknown[]): Values<Shape>;
export function valuesOf(shape: unknown, results: readonly unknown[]): unknown {
  if (shape instanceof Handle) return shape.read(results);
  if (typeof shape !== "object" || shape === null) return shape;
  if (Object.getPrototypeOf(shape) !== Object.prototype)
    throw new Error("A plan returns handles, plain objects of them, or plain values");
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, valuesOf(value, results)]));
}

/**
 * One transaction, written down in order: first the guards, then the effects, then what the client sees. Nothing runs
 * until `ctx.transact` sends all of it in one request.
 *
 * @example
 * const { user, checkout } = await ctx.transact((t) => {
 *   changeStatus(t, "reject", user_id, "Only someone with an open application can be rejected.");
 *   return { user: t.one(selectUser(user_id)), checkout: t.maybe(selectOpenCheckout(user_id)) };
 * });
 */
export class Plan {
  readonly statements: Statement[] = [];
  readonly #mails: number[] = [];

  #add(statement: Statement): number {
    return this.statements.push(statement) - 1;
  }

  #rows<Row, T>(statement: Rows<Row>, read: (rows: Row[]) => T): Handle<T> {
    const index = this.#add(statement);
    return new Handle((results) => read(rowsOf<Row>(results[index])));
  }

  /** A rule. Unless `holds`, everything is undone and the client gets this refusal. SQL may word the sentence. */
  guard(holds: SQL, status: RefusalStatus, code: ErrorCode, sentence: string | SQL): void {
    this.#ensure(holds, status, code, sentence);
  }

  #ensure(holds: SQL, status: RefusalStatus, code: ErrorCode | InvalidField, sentence: string | SQL): void {
    this.#add(query.execute(sql`select ensure(${holds}, ${status}, ${code}, ${sentence})`));
  }

  /** A rule about one field of the input that its schema cannot judge. Unless it `holds`: 400, naming the field. */
  valid(holds: SQL, path: string, message: string | SQL): void {
    this.#ensure(holds, 400, `${INVALID}${path}`, message);
  }

  /** A write, or a lock. */
  effect(statement: Statement): void {
    this.#add(statement);
  }

  /** Puts a mail in the outbox for every row of `mail.from`. It is sent right after the answer. */
  mail<Key extends TemplateKey>(template: Key, mail: OutgoingMail<Key>): void {
    this.#mails.push(this.#add(insertMail(template, mail)));
  }

  /** A write that makes mails of the outbox due. They are sent right after the answer. */
  mailsDue(write: Statement<{ rowCount: number }>): void {
    this.#mails.push(this.#add(write));
  }

  /** The row. Without one: the refusal, or a defect where the guards made sure that there is one. */
  one<Row>(statement: Rows<Row>, missing?: Refusal): Handle<Row> {
    return this.#rows(statement, ([row]) => {
      if (row === undefined) throw missing ?? new Error("A statement that must yield a row yielded none");
      return row;
    });
  }

  /** The row, or null. */
  maybe<Row>(statement: Rows<Row>): Handle<Row | null> {
    return this.#rows(statement, ([row]) => row ?? null);
  }

  /** All rows. */
  many<Row>(statement: Rows<Row>): Handle<Row[]> {
    return this.#rows(statement, (rows) => rows);
  }

  /** A value made of others, so that a helper can return one thing that takes several statements. */
  combine<Shape, T>(shape: Shape, make: (values: Values<Shape>) => T): Handle<T> {
    return new Handle((results) => make(valuesOf(shape, results)));
  }

  /** Whether the transaction may put mail in the outbox. */
  get mails(): boolean {
    return this.#mails.length > 0;
  }

  /** Whether the transaction put mail in the outbox. */
  wroteMail(results: readonly unknown[]): boolean {
    return this.#mails.some((index) => (results[index] as { rowCount: number }).rowCount > 0);
  }
}
