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

/** What a request said: its SQL, and all its parameters as one text. */
export interface JournalEntry {
  sql: string[];
  values: string;
}

const REMEMBERED = 5_000;

/** Enough for any request except a bulk import, where the beginning will do. */
const TEXT_LIMIT = 100_000;

export function journalEntry(statements: Statement[]): JournalEntry {
  const values = statements.flatMap(({ params }) =>
    params.map((param) => (typeof param === "string" ? param : JSON.stringify(param))),
  );
  return {
    sql: statements.map(({ query }) => query.slice(0, TEXT_LIMIT)),
    values: values.join("\n").slice(0, TEXT_LIMIT),
  };
}

export const contains = ({ sql, values }: JournalEntry, match: string): boolean =>
  values.includes(match) || sql.some((text) => text.includes(match));

/** SQL that came, perhaps many times, and what the search of this number made of it. */
interface Text {
  sql: string;
  search: number;
  found: boolean;
}

export function journal(): Journal {
  const total: Stats = { requests: 0, queries: 0 };
  const last: { texts: Text[]; values: string }[] = [];
  const known = new Map<string, Text>();
  let searches = 0;

  /** The same SQL is kept once, so that a search reads it once. */
  const keptOnce = (sql: string): Text => {
    const text = known.get(sql) ?? { sql, search: 0, found: false };
    if (known.size === REMEMBERED) known.clear();
    known.set(sql, text);
    return text;
  };
  return {
    write({ sql, values }) {
      // Overwrites the oldest entry.
      last[total.requests % REMEMBERED] = { texts: sql.map(keptOnce), values };
      total.requests += 1;
      total.queries += sql.length;
    },
    stats(match) {
      if (match === undefined) return { ...total };
      searches += 1;
      const isIn = (text: Text): boolean => {
        if (text.search !== searches) Object.assign(text, { search: searches, found: text.sql.includes(match) });
        return text.found;
      };
      const found = last.filter(({ texts, values }) => values.includes(match) || texts.some(isIn));
      return { requests: found.length, queries: found.reduce((sum, { texts }) => sum + texts.length, 0) };
    },
  };
}
