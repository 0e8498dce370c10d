import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";

/**
 * `refused`: cannot be moved, so nothing is. `left out`: has no place here, by a rule. `changed`: differs from the old row.
 * `look`: moved as it is, but somebody should look at it. `file`: a file in the old bucket that stays there.
 */
export type Kind = "refused" | "left out" | "changed" | "look" | "file";

/** What the move found: all of it in a file, a summary for the screen. Rows are named by their ids alone. */
export class Findings {
  readonly #file: WriteStream;
  readonly #counts = new Map<string, { kind: Kind; table: string; what: string; count: number; ids: string[] }>();

  constructor(path: string) {
    // Addresses of people's photos are in it.
    this.#file = createWriteStream(path, { mode: 0o600 });
    this.#file.write("kind,table,id,what,address\n");
  }

  add(kind: Kind, table: string, id: string, what: string, address = ""): void {
    const key = `${kind} ${table} ${what}`;
    const known = this.#counts.get(key) ?? { kind, table, what, count: 0, ids: [] };
    this.#counts.set(key, { ...known, count: known.count + 1, ids: [...known.ids, id].slice(0, 3) });
    this.#file.write(`${[kind, table, id, what, address].map(cell).join(",")}\n`);
  }

  /** How many of a kind there are, of one table or of all. */
  count(kind: Kind, table?: string): number {
    const some = [...this.#counts.values()].filter((one) => one.kind === kind && (table ?? one.table) === one.table);
    return some.reduce((sum, { count }) => sum + count, 0);
  }

  /** A line for each thing that was found. */
  lines(): string[] {
    return [...this.#counts.values()].map(
      ({ kind, table, what, count, ids }) =>
        `  ${kind.padEnd(8)} ${table}: ${count} × ${what}${kind === "file" ? "" : ` (${ids.join(", ")}${count > ids.length ? ", …" : ""})`}`,
    );
  }

  async close(): Promise<void> {
    this.#file.end();
    await once(this.#file, "close");
  }
}

/** Spreadsheets run what begins with these. */
const cell = (value: string) => `"${value.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
