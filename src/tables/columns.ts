import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, customType, integer, uuid } from "drizzle-orm/pg-core";

/** An instant: `timestamptz(3)` in the database, an ISO 8601 string in UTC everywhere else. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamptz(3)",
  fromDriver: (value) => new Date(value).toISOString(),
});

/** The primary key of every table that has no natural one. */
export const id = () => uuid().primaryKey().defaultRandom();

/** A column that must hold the id of a row of another table. */
export const belongsTo = (row: () => AnyPgColumn, onDelete: "cascade" | "restrict") =>
  uuid().notNull().references(row, { onDelete });

/** An amount of money in integer cents. */
export const cents = () => integer();

/** When a row came and when it last changed; a trigger keeps `updated_at`. */
export const timestamps = {
  created_at: instant().notNull().default(sql`now()`),
  updated_at: instant().notNull().default(sql`now()`),
};

/** `search_key`, with a shortcut for ASCII, which most texts are: the same result in a twentieth of the time. */
export const searchKey = (text: SQL): SQL =>
  sql`case when octet_length(${text}) = length(${text}) then translate(lower(${text} collate "C"), '\`''', '') else search_key(${text}) end`;
