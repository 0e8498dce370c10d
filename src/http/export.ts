import type { SQL } from "drizzle-orm";
import * as z from "zod";
import { exported } from "../access/audit.ts";
import { isTooLarge } from "../database/errors.ts";
import { many, type Rows } from "../database/statements.ts";
import type { SignedInContext } from "./context.ts";
import { BYTE_ORDER_MARK, type CsvRow, csvHeader, csvRecords } from "./csv.ts";
import { describe, log } from "./log.ts";
import { after, type Order, toPage } from "./pagination.ts";
import { Download, type FileOf } from "./route.ts";

/** The answer of every export. */
export const CSV = { file_type: "text/csv; charset=utf-8" } as const satisfies FileOf;

/** What every export can be asked for, beside the filters of its list. */
export const ExportOptions = z.object({
  bom: z.enum(["0", "1"]).default("0").describe("`1`: begins with a byte order mark, for Excel"),
});

/** For the description of every export. */
export const ABOUT_EXPORTS =
  "A CSV file (RFC 4180, UTF-8), newest first. Text that a spreadsheet would take for a formula has an apostrophe in front. The file is sent as it is read, a page of rows at a time, and access is checked for each: should anything fail on the way, the connection breaks and the file is not complete. That it was asked for, and with which filters, is in the audit log.";

/** Rows of a page: each page is one round trip and one read along an index. */
const PAGE = 2000;

export interface Export<Row extends CsvRow & Key, Key> {
  /** The table that it is of, which names the file and the audit row. */
  table: string;
  /** The filters that were asked for, for the audit row. */
  filters: Record<string, unknown>;
  bom: "0" | "1";
  /** The columns of the file, as they are selected. */
  columns: Record<keyof Row & string, unknown>;
  order: Order<Key>;
  /** At most so many rows, in this order, that come after those before. */
  select(from: SQL, limit: number): Rows<Row>;
}

/**
 * All rows as a CSV file that is written while it is read, so that its size does not matter. The first page is read before
 * this returns: whoever may not have it is refused as everywhere. Each page is a transaction of its own, with the
 * route's access in front; the first one writes the export down in the audit log. A failure later breaks the stream.
 */
export async function exportCsv<Row extends CsvRow & Key, Key>(
  ctx: SignedInContext,
  { table, filters, bom, columns, order, select }: Export<Row, Key>,
): Promise<Download> {
  const encoder = new TextEncoder();
  const fields = Object.keys(columns);

  async function read(cursor: string | undefined, limit = PAGE): Promise<{ items: Row[]; next_cursor: string | null }> {
    try {
      const [rows] = await ctx.transact(
        ...(cursor === undefined ? [exported(ctx, table, filters)] : []),
        many(select(after(order, cursor), limit + 1)),
      );
      return toPage(order, rows, limit);
    } catch (error) {
      // Long texts in many rows are more than the database's endpoint sends at once.
      if (limit > 1 && isTooLarge(error)) return read(cursor, limit >> 1);
      throw error;
    }
  }

  async function* written(first: Awaited<ReturnType<typeof read>>): AsyncGenerator<Uint8Array, void> {
    const { request_id } = ctx;
    let page = first;
    let rows = 0;
    try {
      yield encoder.encode((bom === "1" ? BYTE_ORDER_MARK : "") + csvHeader(fields));
      for (;;) {
        rows += page.items.length;
        yield encoder.encode(csvRecords(fields, page.items));
        if (page.next_cursor === null) break;
        page = await read(page.next_cursor);
      }
      log({ level: "info", event: "export_finished", request_id, table, rows });
    } catch (error) {
      log({ level: "error", event: "export_broken", request_id, table, rows, ...describe(error) });
      throw error;
    }
  }

  const name = `${table}-${ctx.now.toISOString().slice(0, 10)}.csv`;
  return new Download(name, streamOf(written(await read(undefined))));
}

/** What a generator makes, each part when the client is ready for it. What it throws breaks the stream. */
const streamOf = (parts: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return();
      },
    },
    { highWaterMark: 0 },
  );
