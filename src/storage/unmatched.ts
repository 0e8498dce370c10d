import { inArray } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { stored_files } from "../tables/files.ts";
import { removeObjects } from "./remove.ts";
import type { StorageComparison } from "./schemas.ts";
import type { FileKind } from "./storage.ts";

/**
 * For how many days a file must have had no row before we delete it: as far back as Neon can restore a database. If an older
 * state is restored, newer files stay for as long as the newer state can still come back.
 * https://neon.com/docs/introduction/restore-window
 */
const DAYS_KEPT = 30;

/** More unmatched objects than this, and than one in a hundred, mean that the database does not belong to the bucket. */
const MOST_BY_ACCIDENT = 10;

/** How many files one comparison deletes at most, and how many we remember. Later comparisons handle the rest. */
const REMOVED_AT_ONCE = 100;
const REMEMBERED = 1000;

/** Since when the keys of files have been without a row. */
type Unmatched = Record<string, string>;

/** Notes which of these keys have no row, and forgets those that have one again. */
export function noted(before: Unmatched, keys: readonly string[], known: Set<string>, now: Date): Unmatched {
  const after = new Map(Object.entries(before));
  for (const key of keys)
    if (known.has(key)) after.delete(key);
    else if (!after.has(key) && after.size < REMEMBERED) after.set(key, now.toISOString());
  return Object.fromEntries(after);
}

/** Whether so many objects belong to no file that none may be deleted. Nor may any if none belongs to a file. */
export const areTooMany = ({ objects, unmatched, unknown }: StorageComparison): boolean =>
  unmatched > Math.max(MOST_BY_ACCIDENT, objects / 100) || (unmatched > 0 && unmatched === objects - unknown);

/** Deletes the objects of files that have been without a row for long enough. Returns their keys. */
export async function removeUnmatched(ctx: Context, unmatched: Unmatched): Promise<string[]> {
  const before = ctx.now.getTime() - DAYS_KEPT * 86_400_000;
  const due = Object.keys(unmatched)
    .filter((key) => Date.parse(unmatched[key] ?? "") <= before)
    .slice(0, REMOVED_AT_ONCE);
  if (due.length === 0) return [];
  // Some may have got their row back since they were compared.
  const rows = await ctx.transact((t) =>
    t.many(query.select({ key: stored_files.key }).from(stored_files).where(inArray(stored_files.key, due))),
  );
  const known = new Set(rows.map(({ key }) => key));
  const gone = due.filter((key) => !known.has(key));
  const removed = await Promise.all(gone.map((key) => removeObjects(ctx, { kind: kindOf(key), key })));
  return gone.filter((_, index) => removed[index]);
}

/** Keys begin with the kind of their file. */
const kindOf = (key: string) => key.split("/")[0] as FileKind;
