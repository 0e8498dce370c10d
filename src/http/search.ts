import { and, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { searchKey } from "../tables/columns.ts";
import { STORABLE } from "./schemas.ts";

/** What people type into a list's search: at most a whole name, or an address. */
export const Search = z
  .string()
  .trim()
  .max(300)
  .regex(STORABLE, "must be text")
  .refine((text) => wordsOf(text).length > 0, "must have a word to look for")
  .refine((text) => wordsOf(text).length <= 20, "must have at most 20 words")
  .optional();

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** A word in a script in which people also write a whole name without a space: 山田太郎. */
const MAY_BE_NAME = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]{2,12}$/u;

/** Such a word as two, in each way to split it. */
function splitsOf(word: string): [string, string][] {
  const letters = [...word];
  return letters.slice(1).map((_, index) => [letters.slice(0, index + 1).join(""), letters.slice(index + 1).join("")]);
}

/**
 * Whether a text contains every word of the search, in any order. Case, accents, typographic quotes, and the space in Chinese,
 * Japanese and Korean names do not matter (`search_key` in the migrations). True for an empty search. `%`, `_` and `\` match
 * themselves.
 */
export const contains = (text: SQL, search = ""): SQL => sql`(${keyContains(searchKey(text), search) ?? sql`true`})`;

/** The same for a column that already holds the `search_key` of a text, so that a trigram index finds the rows. */
export const keyContains = (key: SQLWrapper, search?: string): SQL | undefined =>
  everyWord(search, (pattern) => sql`${key} like ${pattern}`);

/** Whether every word of the search is found, in any order. `matches` says whether a pattern of `like` is. */
export function everyWord(search = "", matches: (pattern: SQL) => SQL): SQL | undefined {
  const has = (word: string) => matches(sql`search_pattern(${word})`);
  return and(
    ...wordsOf(search.normalize("NFC")).map((word) =>
      MAY_BE_NAME.test(word) ? or(has(word), ...splitsOf(word).map((parts) => and(...parts.map(has)))) : has(word),
    ),
  );
}
