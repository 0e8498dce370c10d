import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { base64url } from "jose";
import * as z from "zod";
import type { Handle, Plan } from "../database/plan.ts";
import { query, type Rows } from "../database/query.ts";
import { invalid } from "./errors.ts";
import { STORABLE } from "./schemas.ts";

/** The query of every list: how many items, and where the page before ended. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional().describe("`next_cursor` of the page before"),
});

export type Paging = z.infer<typeof Paging>;

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

export const pageWithTotalOf = <Item extends z.ZodType>(item: Item) =>
  pageOf(item).extend({ total: z.int().describe("How many match the filters, on all pages") });

/** A total order of rows: by each key in turn, all in one direction. The last key is unique. */
export interface Order<Row> {
  /** Stands in cursors, so that a cursor of another order is refused. */
  name: string;
  /** Each with the PostgreSQL type that its text is compared as. */
  keys: {
    expression: SQL;
    type: keyof typeof VALID;
    of(row: Row): string;
    /** What `expression` does to the column. The database must fold letters: JavaScript folds some of them differently. */
    folded?(value: SQL): SQL;
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

const Cursor = z.tuple([z.string()], z.string());

const encode = (values: string[]) => base64url.encode(JSON.stringify(values));

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
  text: z.string().regex(STORABLE),
  uuid: z.uuid(),
  integer: z
    .string()
    .regex(/^-?\d{1,10}$/)
    .refine((digits) => Number(digits) === (Number(digits) | 0)),
};

/** The condition that starts a page right after the cursor's row; true on the first page. 400 for another list's cursor. */
export function after<Row>(order: Order<Row>, cursor: string | undefined): SQL {
  if (cursor === undefined) return sql`true`;
  const parsed = Cursor.safeParse(decode(cursor));
  const [name, ...values] = parsed.data ?? [""];
  const fits =
    name === order.name &&
    values.length === order.keys.length &&
    order.keys.every((key, index) => VALID[key.type].safeParse(values[index]).success);
  if (!fits) throw invalid("cursor", "is not a cursor of this list", "The cursor is not one of this list.");
  const columns = sql.join(
    order.keys.map((key) => key.expression),
    sql`, `,
  );
  const bounds = sql.join(
    order.keys.map((key, index) => {
      const value = sql`${values[index]}::${sql.raw(key.type)}`;
      return key.folded?.(value) ?? value;
    }),
    sql`, `,
  );
  return sql`(${columns}) ${sql.raw(order.descending ? "<" : ">")} (${bounds})`;
}

/** For `orderBy`. */
export const by = <Row>(order: Order<Row>): SQL[] =>
  order.keys.map((key) => sql`${key.expression} ${sql.raw(order.descending ? "desc" : "asc")}`);

/** A page of `limit + 1` rows: the extra row only says that there is more. */
export function toPage<Key, Row extends Key>(order: Order<Key>, rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next_cursor =
    rows.length > limit && last ? encode([order.name, ...order.keys.map((key) => key.of(last))]) : null;
  return { items, next_cursor };
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
 * @param filters which rows are asked for; all of them where there is none
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

/** The same, with how many rows match on all pages. */
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
