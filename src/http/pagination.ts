import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { base64url } from "jose";
import * as z from "zod";
import type { Handle, Plan } from "../database/plan.ts";
import { query, type Rows } from "../database/query.ts";
import { invalid } from "./errors.ts";
import { inDigits, STORABLE } from "./schemas.ts";

/** Longer than any cursor. A key may be somebody's whole name, which JSON and base64 make several times longer. */
const LONGEST_CURSOR = 4000;

/** The query of every list: how many items to return, and where the previous page ended. */
export const Paging = z.object({
  limit: inDigits(z.int().min(1).max(100)).default(25),
  cursor: z.string().max(LONGEST_CURSOR).optional().describe("`next_cursor` of the previous page"),
});

export type Paging = z.infer<typeof Paging>;

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

export const pageWithTotalOf = <Item extends z.ZodType>(item: Item) =>
  pageOf(item).extend({ total: z.int().describe("How many items match the filters, on all pages together") });

/** A total order of rows: by each key in turn, all in the same direction. The last key must be unique. */
export interface Order<Row> {
  /** Part of every cursor, so that we can refuse a cursor made for another order. */
  name: string;
  /** A cursor holds each key as text, which PostgreSQL casts to `type` before comparing. */
  keys: {
    expression: SQL;
    type: keyof typeof VALID;
    of(row: Row): string;
  }[];
  descending: boolean;
}

/** The newest row first. */
export const newestFirst = (table: {
  created_at: SQLWrapper;
  id: SQLWrapper;
}): Order<{ created_at: string; id: string }> => ({
  name: "newest",
  descending: true,
  keys: [
    { expression: sql`${table.created_at}`, type: "timestamptz", of: (row) => row.created_at },
    { expression: sql`${table.id}`, type: "uuid", of: (row) => row.id },
  ],
});

/** Text in the order of a dictionary, the same on every server. */
export const alphabetical = (text: SQLWrapper): SQL => sql`${text} collate "und-x-icu"`;

const Cursor = z.tuple([z.string()], z.string());

function decode(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(base64url.decode(cursor)));
  } catch {
    return null;
  }
}

const VALID = {
  // PostgreSQL knows no year 0.
  timestamptz: z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/),
  date: z.iso.date().regex(/^(?!0000)/),
  text: z.string().regex(STORABLE),
  uuid: z.uuid(),
  integer: z
    .string()
    .regex(/^-?\d{1,10}$/)
    .refine((digits) => Number(digits) === (Number(digits) | 0)),
};

/** The condition for rows after the cursor's row; true on the first page. 400 if the cursor is of another list. */
export function after<Row>(order: Order<Row>, cursor: string | undefined): SQL {
  if (cursor === undefined) return sql`true`;
  const parsed = Cursor.safeParse(decode(cursor));
  const [name, ...values] = parsed.data ?? [""];
  const fits =
    name === order.name &&
    values.length === order.keys.length &&
    order.keys.every((key, index) => VALID[key.type].safeParse(values[index]).success);
  if (!fits) throw invalid("cursor", "does not belong to this list", "The cursor does not belong to this list.");
  const columns = order.keys.map(({ expression }) => expression);
  const bounds = order.keys.map(({ type }, index) => sql`${values[index]}::${sql.raw(type)}`);
  const sign = sql.raw(order.descending ? "<" : ">");
  // The first condition looks redundant, but it can use an index on the first key if the other keys are of another table.
  return sql`(${columns[0]} ${sign}= ${bounds[0]} and (${sql.join(columns, sql`, `)}) ${sign} (${sql.join(bounds, sql`, `)}))`;
}

/** For `orderBy`. */
export const by = <Row>(order: Order<Row>): SQL[] =>
  order.keys.map((key) => sql`${key.expression} ${sql.raw(order.descending ? "desc" : "asc")}`);

/** Makes a page from up to `limit + 1` rows. The extra row only shows that there is another page. */
export function toPage<Key, Row extends Key>(order: Order<Key>, rows: Row[], limit: number): Page<Row> {
  return toPageWith(order, rows.slice(0, limit), rows.length > limit);
}

/** A page of these rows, and whether there are more. */
export function toPageWith<Key, Row extends Key>(order: Order<Key>, items: Row[], more: boolean): Page<Row> {
  const last = items.at(-1);
  if (!last || !more) return { items, next_cursor: null };
  const values = [order.name, ...order.keys.map((key) => key.of(last))];
  return { items, next_cursor: base64url.encode(JSON.stringify(values)) };
}

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
}

/** A select to which {@link listPage} adds the filters, the order and the limit. */
interface ListSelect<Row> {
  where(condition: SQL | undefined): SQLWrapper & {
    orderBy(...columns: SQL[]): { limit(count: number): Rows<Row> };
  };
}

/**
 * Reads a page of a list.
 *
 * @param select makes the select without conditions: its columns, tables and joins
 * @param filters which rows to list; all of them if left out
 */
export function listPage<Key, Row extends Key>(
  t: Plan,
  order: Order<Key>,
  select: () => ListSelect<Row>,
  { limit, cursor }: Paging,
  filters?: SQL,
): Handle<Page<Row>> {
  const rows = select()
    .where(and(filters, after(order, cursor)))
    .orderBy(...by(order))
    .limit(limit + 1);
  return t.combine(t.many(rows), (found) => toPage(order, found, limit));
}

/** The same, with the number of rows on all pages together. */
export function listPageWithTotal<Key, Row extends Key>(
  t: Plan,
  order: Order<Key>,
  select: () => ListSelect<Row>,
  paging: Paging,
  filters?: SQL,
): Handle<Page<Row> & { total: number }> {
  const total = query.execute<{ total: number }>(
    sql`select count(*)::int as total from ${select().where(filters)} as matching`,
  );
  return t.combine(
    { page: listPage(t, order, select, paging, filters), counted: t.one(total) },
    ({ page, counted }) => ({ ...page, total: counted.total }),
  );
}
