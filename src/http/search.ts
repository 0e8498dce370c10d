import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { STORABLE } from "./schemas.ts";

/** What somebody types into a list's search. */
export const Search = z.string().trim().max(100).regex(STORABLE, "must be text").optional();

/** Whether a text contains what was typed, which may hold LIKE's own signs, in any case. True where nothing was typed. */
export const contains = (text: SQL, search: string | undefined): SQL =>
  search ? sql`(${text}) ilike ${`%${search.replaceAll(/[\\%_]/g, "\\$&")}%`}` : sql`true`;
