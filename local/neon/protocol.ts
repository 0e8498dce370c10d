import type { FieldDef } from "pg";
import * as z from "zod";

/**
 * Neon's SQL over HTTP as @neondatabase/serverless speaks it. Values travel as PostgreSQL's own text whatever the
 * header Neon-Raw-Text-Output says: the driver always asks for text and parses it itself.
 */
const Statement = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) });
export type Statement = z.infer<typeof Statement>;

const Batch = z.object({ queries: z.array(Statement) });

/** The four levels the driver's `transaction()` can ask for. */
const ISOLATION_LEVELS = {
  ReadUncommitted: "read uncommitted",
  ReadCommitted: "read committed",
  RepeatableRead: "repeatable read",
  Serializable: "serializable",
} as const;

/** Both ways, in bytes. */
export const SIZE_LIMIT = 10 * 1024 * 1024;

export interface SqlRequest {
  statements: Statement[];
  /** The statement that opens a batch's transaction; undefined for one statement by itself. */
  begin: string | undefined;
  connection_string: string;
  array_mode: boolean;
}

export interface SqlResult {
  fields: FieldDef[];
  rows: unknown[];
  command: string;
  rowCount: number | null;
  rowAsArray: boolean;
}

/** Something is wrong with the request itself; answered with status 400 and no SQLSTATE, as Neon does. */
export class InvalidRequest extends Error {}

/** Reads a request; throws InvalidRequest saying what does not fit. */
export function readRequest(headers: Headers, body: string): SqlRequest {
  const connection_string = headers.get("Neon-Connection-String");
  if (connection_string === null) throw new InvalidRequest("missing header: Neon-Connection-String");
  const array_mode = headers.get("Neon-Array-Mode") === "true";
  const json = parseJson(body);
  const batch = Batch.safeParse(json);
  if (batch.success) {
    return { statements: batch.data.queries, begin: beginOf(headers), connection_string, array_mode };
  }
  const single = Statement.safeParse(json);
  if (single.success) return { statements: [single.data], begin: undefined, connection_string, array_mode };
  throw new InvalidRequest("invalid request: neither {query, params} nor {queries: [{query, params}]}");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new InvalidRequest(`invalid JSON: ${error}`);
  }
}

function beginOf(headers: Headers): string {
  const words = ["begin"];
  const isolation = headers.get("Neon-Batch-Isolation-Level");
  if (isolation !== null) words.push(`isolation level ${isolationLevel(isolation)}`);
  if (headers.get("Neon-Batch-Read-Only") === "true") words.push("read only");
  if (headers.get("Neon-Batch-Deferrable") === "true") words.push("deferrable");
  return words.join(" ");
}

function isolationLevel(name: string): string {
  for (const [level, words] of Object.entries(ISOLATION_LEVELS)) if (level === name) return words;
  throw new InvalidRequest(`invalid isolation level: ${name}`);
}

/**
 * The part of a PostgreSQL error that travels with status 400; the driver copies exactly these onto its NeonDbError.
 */
export const ERROR_FIELDS = [
  "message",
  "code",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "severity",
  "where",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
] as const;
