import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { lastMomentOf, localDay, localTime } from "../time/days.ts";
import { type Cell, csvRecord } from "./csv.ts";

type Value = string | number | boolean | null;

interface CsvColumn {
  /** Its name for people. For programs, the column is named after its field. */
  header: string;
  /** What fills it. */
  of: SQL<Value>;
  /** An amount in cents. The name of its field ends with `_cents`. */
  is_money?: true;
  /** A time in the organization's time zone. */
  is_time?: true;
}

/** The columns of a file by field, in order. */
export type CsvColumns = Record<string, CsvColumn>;

/** The same for the writer of the file. `name` is for programs, where it is not the field. */
export type CsvHeaders = Record<string, Omit<CsvColumn, "of"> & { name?: string }>;

/** A row of a file, by field. */
export type CsvRow = Record<string, Value>;

/** Text, a number, an id, or whether something is so. */
export const column = (header: string, of: SQLWrapper): CsvColumn => ({ header, of: sql`${of}` });

/** An amount, from cents. */
export const moneyColumn = (header: string, cents: SQLWrapper): CsvColumn => ({
  header,
  of: sql<number>`${cents}`.mapWith(Number),
  is_money: true,
});

/** The day of an instant in the organization's time zone, `2027-03-01`. */
export const dayColumn = (header: string, instant: SQLWrapper): CsvColumn => ({
  header,
  of: sql<string>`(${localDay(instant)})::text`,
});

/** The last day of something that ends at an instant. If that is midnight, it is the day before. */
export const lastDayColumn = (header: string, end: SQLWrapper): CsvColumn => dayColumn(header, lastMomentOf(end));

/** An instant in the organization's time zone, `2027-03-01 18:30:00`. Spreadsheets know no time zones. */
export const timeColumn = (header: string, instant: SQLWrapper): CsvColumn => ({
  header,
  of: sql<string>`to_char(${localTime(instant)}, 'YYYY-MM-DD HH24:MI:SS')`,
  is_time: true,
});

/** The same with milliseconds, for what an import reads again. */
export const exactTimeColumn = (header: string, instant: SQLWrapper): CsvColumn => ({
  header,
  of: sql<string>`to_char(${localTime(instant)}, 'YYYY-MM-DD HH24:MI:SS.MS')`,
  is_time: true,
});

/** The fields of a row, for a select. */
export const cellsOf = (columns: CsvColumns): Record<string, SQL<Value>> =>
  Object.fromEntries(Object.entries(columns).map(([field, { of }]) => [field, of]));

export interface CsvStyle {
  headers: "snake_case" | "human";
  amounts: "decimal" | "cents";
}

/** The first record: the names of the columns. `time_zone` is that of the times in the file. */
export const csvHeader = (columns: CsvHeaders, { headers, amounts }: CsvStyle, time_zone: string): string =>
  csvRecord(
    Object.entries(columns).map(([field, { name = field, header, is_money, is_time }]) => {
      if (headers === "snake_case") return is_money && amounts === "decimal" ? name.replace(/_cents$/, "") : name;
      const unit = is_time ? time_zone : is_money && amounts === "cents" ? "cents" : undefined;
      return unit ? `${header} (${unit})` : header;
    }),
  );

/** The records of some rows. */
export const csvRecords = (columns: CsvHeaders, { amounts }: CsvStyle, rows: readonly CsvRow[]): string => {
  const fields = Object.entries(columns).map(
    ([field, { is_money }]) => [field, is_money && amounts === "decimal"] as const,
  );
  return rows
    .map((row) => csvRecord(fields.map(([field, as_decimal]) => cellOf(row[field] ?? null, as_decimal ?? false))))
    .join("");
};

const cellOf = (value: Value, as_decimal: boolean): Cell =>
  as_decimal && typeof value === "number" ? { cents: value } : value;
