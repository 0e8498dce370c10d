import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { auditExport, auditExportOf, auditExportWith } from "../access/audit.ts";
import { asManyAsFit } from "../database/as-many-as-fit.ts";
import type { Plan } from "../database/plan.ts";
import { query, type Rows } from "../database/query.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { localDay } from "../time/days.ts";
import type { SignedInContext } from "./context.ts";
import { BYTE_ORDER_MARK } from "./csv.ts";
import { type CsvColumns, type CsvHeaders, type CsvRow, csvHeader, csvRecords } from "./csv-columns.ts";
import { describe, log } from "./log.ts";
import { after, type Order, type Page, toPage, toPageWith } from "./pagination.ts";
import { Download, type FileOf } from "./route.ts";
import { streamOf } from "./stream.ts";

/** The type of file that every export sends. */
export const CSV = { file_type: "text/csv; charset=utf-8" } as const satisfies FileOf;

/** What every export accepts besides the filters of its list. */
export const ExportOptions = z.object({
  bom: z.enum(["0", "1"]).default("0").describe("`1` starts the file with a byte order mark, for Excel"),
  headers: z
    .enum(["snake_case", "human"])
    .default("snake_case")
    .describe("How the columns are named: for programs, such as `paid_at`, or for people"),
  amounts: z
    .enum(["decimal", "cents"])
    .default("decimal")
    .describe(
      "`decimal`: amounts as people write them, `25.00`, in columns such as `net`. `cents`: integers, in columns such as `net_cents`",
    ),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

/** Begins the OpenAPI description of every export. */
export const ABOUT_EXPORTS =
  "A CSV file (RFC 4180, UTF-8), newest first. Days and times are in the organization's time zone. The last day of a term belongs to the term. An apostrophe precedes text that a spreadsheet could take for a formula. The file streams page by page, and each page checks access again: if anything fails, the connection breaks and the file is incomplete. The audit log records the export and its filters.";

/** Rows per page. Each page is one round trip and one read along an index. */
const PAGE = 2000;

/** A column that only the data knows. */
export interface FoundColumn {
  field: string;
  /** Its name for programs. */
  name: string;
  header: string;
}

type ExportRow<Key> = Key & { cells: CsvRow; found_cells?: CsvRow };

export interface Export<Row extends ExportRow<Key>, Key> {
  /** The table, which names the file and the audit entry. */
  table: string;
  /** The filters, for the audit entry. */
  filters: Record<string, unknown>;
  options: ExportOptions;
  columns: CsvColumns;
  /** Selects columns that come after these. Each row has theirs as `found_cells`. */
  found_columns?: Rows<FoundColumn>;
  order: Order<Key>;
  /**
   * Selects at most `limit` rows in this order, each with its columns as `cells`. `from` is a condition that skips the
   * rows of earlier pages.
   */
  select(from: SQL, limit: number): Rows<Row>;
  /** What else each page records. */
  audit?(t: Plan, from: SQL, limit: number): void;
  /**
   * Where the rows are people: the column with their ids, and a select of the ids on a page. Then each page records whose
   * data it holds, and has just the people whom it recorded.
   */
  subjects?: { id: SQLWrapper; ids(from: SQL, limit: number): SQLWrapper };
  /** Where rows may be about people: the first column of the select is the person's id, or null. Each page records them too. */
  about_people?: true;
}

/**
 * Streams all rows as a CSV file, a page at a time, so its size does not matter. Each page is a transaction of its own that
 * checks access again. The first page is read before this returns, so a refusal is sent as an ordinary error. A later
 * failure breaks the stream.
 */
export async function exportCsv<Row extends ExportRow<Key>, Key>(
  ctx: SignedInContext,
  { table, filters, options, columns, found_columns, order, select, audit, subjects, about_people }: Export<Row, Key>,
): Promise<Download> {
  const encoder = new TextEncoder();

  // With long texts, a full page can be more than the database sends at once.
  const read = (cursor: string | undefined): Promise<Page<Row> & Surroundings> =>
    asManyAsFit(PAGE, (limit) =>
      ctx.transact((t) => {
        const from = after(order, cursor);
        const shown = cursor === undefined ? filters : undefined;
        const around = { here: t.one(selectHere(ctx.now)), found: found_columns ? t.many(found_columns) : null };
        audit?.(t, from, limit);
        if (!subjects) {
          const wanted = select(from, limit + 1);
          if (shown && !about_people) auditExport(t, ctx, table, shown);
          const rows = about_people ? auditExportWith(t, ctx, table, shown, wanted, limit) : t.many(wanted);
          return t.combine({ rows, around }, ({ rows, around }) => ({ ...toPage(order, rows, limit), ...around }));
        }
        const { ids, more } = auditExportOf(t, ctx, table, shown, subjects.ids(from, limit + 1), limit);
        const rows = t.many(select(sql`${subjects.id} = any (${ids})`, limit));
        return t.combine({ rows, more, around }, ({ rows, more: { more }, around }) => ({
          ...toPageWith(order, rows, more),
          ...around,
        }));
      }),
    );

  async function* written(first: Awaited<ReturnType<typeof read>>): AsyncGenerator<Uint8Array, void> {
    const { request_id } = ctx;
    const headers: CsvHeaders = {
      ...columns,
      ...Object.fromEntries((first.found ?? []).map((each) => [each.field, each])),
    };
    let page = first;
    let rows = 0;
    try {
      const header = csvHeader(headers, options, first.here.time_zone);
      yield encoder.encode((options.bom === "1" ? BYTE_ORDER_MARK : "") + header);
      for (;;) {
        rows += page.items.length;
        yield encoder.encode(
          csvRecords(
            headers,
            options,
            page.items.map(({ cells, found_cells }) => ({ ...cells, ...found_cells })),
          ),
        );
        if (page.next_cursor === null) break;
        page = await read(page.next_cursor);
      }
      log({ level: "info", event: "export_finished", request_id, table, rows });
    } catch (error) {
      log({ level: "error", event: "export_broken", request_id, table, rows, ...describe(error) });
      throw error;
    }
  }

  const first = await read(undefined);
  return new Download(`${table}-${first.here.today}.csv`, streamOf(written(first)));
}

interface Here {
  time_zone: string;
  today: string;
}

/** What a page needs besides its rows. */
interface Surroundings {
  here: Here;
  found: FoundColumn[] | null;
}

/** The organization's time zone, and today's date there. */
const selectHere = (now: Date): Rows<Here> =>
  query
    .select({
      time_zone: organisation_settings.time_zone,
      today: localDay(sql`${now.toISOString()}::timestamptz`),
    })
    .from(organisation_settings);
