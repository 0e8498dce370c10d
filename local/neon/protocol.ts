import type { FieldDef } from "pg";
import * as z from "zod";

/**
 * Neon's SQL over HTTP, as @neondatabase/serverless uses it. Values are always PostgreSQL's text, whatever the header
 * Neon-Raw-Text-Output says, because the driver always asks for text and parses it itself.
 */
const Statement = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) });
export type Statement = z.infer<typeof Statement>;

const Batch = z.object({ queries: z.array(Statement) });

/** The isolation levels that the driver's `transaction()` supports. */
const ISOLATION_LEVELS = {
  ReadUncommitted: "read uncommitted",
  ReadCommitted: "read committed",
  RepeatableRead: "repeatable read",
  Serializable: "serializable",
} as const;

/** The limit for requests and responses, in bytes. */
export const SIZE_LIMIT = 10 * 1024 * 1024;

export interface SqlRequest {
  statements: Statement[];
  /** The statement that begins the batch's transaction. Undefined for a single statement. */
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

/** The request itself is invalid. Returned with status 400 and no SQLSTATE, as at Neon. */
export class InvalidRequest extends Error {}

/** Parses a request. Throws InvalidRequest if it is invalid. */
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
 * The fields of a PostgreSQL error that are sent with status 400. The driver copies exactly these to its NeonDbError.
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
