import type { Statement } from "./protocol.ts";

/** The number of requests and statements: all since the start, or only the recent ones that contain a text. */
export interface Stats {
  requests: number;
  queries: number;
}

export interface Journal {
  write(entry: JournalEntry): void;
  stats(match: string | undefined): Stats;
}

/** A request as searchable text: all its SQL and parameters. */
export interface JournalEntry {
  queries: number;
  text: string;
}

const REMEMBERED = 5_000;

/** Enough for any request except a bulk import, where the beginning will do. */
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
      // Overwrites the oldest entry.
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
