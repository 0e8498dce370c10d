import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { STORABLE } from "./schemas.ts";

/** What people type into a list's search. */
export const Search = z.string().trim().max(100).regex(STORABLE, "must be text").optional();

/** Whether a text contains the search, ignoring case. True for an empty search. `%`, `_` and `\` match themselves. */
export const contains = (text: SQL, search: string | undefined): SQL =>
  search ? sql`(${text}) ilike ${`%${search.replaceAll(/[\\%_]/g, "\\$&")}%`}` : sql`true`;
