import type { Statement } from "./protocol.ts";

/**
 * How many requests and statements came in: over all since the start, or among the last ones those that contain a text.
 */
export interface Stats {
  requests: number;
  queries: number;
}

export interface Journal {
  write(entry: JournalEntry): void;
  stats(match: string | undefined): Stats;
}

/** A request as far as searching needs it: all SQL and parameters in one text. */
export interface JournalEntry {
  queries: number;
  text: string;
}

const REMEMBERED = 5_000;

/** Enough for any request but a bulk import, of which the beginning does. */
const TEXT_LIMIT = 100_000;

export function journalEntry(statements: Statement[]): JournalEntry {
  const words = statements.flatMap(({ query, params }) => [
    query,
    ...params.map((param) => (typeof param === "string" ? param : JSON.stringify(param))),
  ]);
  return { queries: statements.length, text: words.join("\n").slice(0, TEXT_LIMIT) };
}

export function journal(): Journal {
  const total: Stats = { requests: 0, queries: 0 };
  const last: JournalEntry[] = [];
  return {
    write(entry) {
      // Overwrites the oldest.
      last[total.requests % REMEMBERED] = entry;
      total.requests += 1;
      total.queries += entry.queries;
    },
    stats(match) {
      if (match === undefined) return { ...total };
      const found = last.filter(({ text }) => text.includes(match));
      return { requests: found.length, queries: found.reduce((sum, { queries }) => sum + queries, 0) };
    },
  };
}
