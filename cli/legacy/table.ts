import type { OldRow } from "./old-database.ts";
import type { Reader, Value } from "./values.ts";

/** A column of ours (or of the staging table alone), and the old columns that may fill it: the first that exists does. */
export interface Field {
  from: string[];
  read: Reader;
  /** Without it, nothing can be moved. */
  required: boolean;
  /** Its type, if it is a column of the staging table alone. */
  extra: string | undefined;
}

export type Row = Record<string, Value>;

/** Writes down what was changed on the way, so that somebody can look at it. */
export type Note = (what: string) => void;

/** One table: which old columns become which of ours. */
export interface OldTable {
  /** Its name here, and in the old database. */
  name: string;
  /** Other names that it may have there. */
  also_called?: string[];
  fields: Record<string, Field>;
  /** Old columns that `complete` reads besides. */
  reads?: string[];
  /** Old columns that stay behind on purpose, such as tokens of links that no longer work. */
  leaves?: string[];
  /** Columns of ours that `complete` fills without an old column. */
  fills?: string[];
  /** Fills what the old row leaves open. */
  complete?: (row: Row, old: OldRow, note: Note) => void;
}

const field = (read: Reader, from: string[], more: Partial<Field>): Field => ({
  read,
  from,
  required: false,
  extra: undefined,
  ...more,
});

/** From the old column of the same name, or one of these. */
export const from = (read: Reader, ...names: string[]): Field => field(read, names, {});

export const needed = (read: Reader, ...names: string[]): Field => field(read, names, { required: true });

/** For the rules alone: a column of this type in the staging table, which our table does not have. */
export const staged = (type: string, read: Reader, ...names: string[]): Field => field(read, names, { extra: type });
