import type { Context } from "../http/context.ts";
import { FILE_KINDS } from "../tables/files.ts";
import { compareRows } from "./compare-rows.ts";
import {
  BUCKETS,
  begun,
  comparisonIn,
  type Place,
  type State,
  saveComparison,
  selectComparison,
} from "./comparison.ts";
import type { StorageComparison } from "./schemas.ts";
import { fromBucket } from "./storage.ts";

/** How often all files are compared, in hours. */
const EVERY_HOURS = 20;

/** How many pages of objects one look reads, and how many objects a page has. */
const PAGES = 20;
const PAGE = 250;

/**
 * More files than this that we do not know, and more than we know, are no accident: the database is not the one that belongs
 * to the bucket. Nor is it if it knows no file at all.
 */
const MOST_UNKNOWN_FILES = 10;

/** The objects of a file have its key and a slash before their names. Others may have come here by hand. */
const FILE_KEY = new RegExp(`^((?:${FILE_KINDS.join("|")})/[A-Za-z0-9_-]{22})/`);

/**
 * Compares what R2 holds with our rows, once a day: a bounded part of it at each look, and rings again if any is left.
 * Objects of no file are deleted, and sizes that we had wrong are corrected. A file without objects is only reported.
 *
 * @throws if so many objects belong to no file that this must be the wrong database. None of them is deleted.
 */
export async function compareFiles(ctx: Context): Promise<Partial<StorageComparison>> {
  let { row } = await ctx.transact((t) => ({ row: t.maybe(selectComparison()) }));
  let state = comparisonIn(row);
  if (!state.place) {
    const since = ctx.now.getTime() - EVERY_HOURS * 3_600_000;
    if (state.last && Date.parse(state.last.finished_at) > since) return {};
    state = begun(state);
  }
  for (let page = 0; page < PAGES && state.place; page += 1) {
    const next = await comparePage(ctx, state, state.place);
    const { saved } = await ctx.transact((t) => ({ saved: saveComparison(t, next, row) }));
    if (!saved) return next.found;
    state = next;
    row = { cursor: next };
  }
  if (state.place) await ctx.ring("storage");
  return state.found;
}

async function comparePage(ctx: Context, state: State, { bucket: name, after }: Place): Promise<State> {
  const bucket = ctx.storage[name];
  const listed = await fromBucket(bucket.list({ limit: PAGE, ...(after && { startAfter: after }) }));
  const objects = whole(listed);
  const until = listed.truncated ? objects.at(-1)?.key : undefined;
  const sizes = new Map<string, number>();
  for (const { key, size } of objects) {
    const file = fileOf(key);
    if (file) sizes.set(file, (sizes.get(file) ?? 0) + size);
  }
  const { known, missing, corrected, has_files } = await compareRows(ctx, name, sizes, after, until);
  const orphans = objects.filter(({ key }) => {
    const file = fileOf(key);
    return file !== undefined && !known.has(file);
  });
  const unknown_files = sizes.size - known.size;
  if (unknown_files > 0 && (!has_files || unknown_files > Math.max(known.size, MOST_UNKNOWN_FILES)))
    throw new Error("Most objects of a page belong to no file. This may be the wrong database, so none was deleted");
  if (orphans.length > 0) await fromBucket(bucket.delete(orphans.map(({ key }) => key)));

  const found: StorageComparison = {
    objects: state.found.objects + objects.length,
    removed: state.found.removed + orphans.length,
    corrected: state.found.corrected + corrected,
    missing: state.found.missing + missing.length,
    missing_ids: [...state.found.missing_ids, ...missing].slice(0, 50),
    unknown: state.found.unknown + objects.filter(({ key }) => fileOf(key) === undefined).length,
  };
  if (until) return { ...state, found, place: { bucket: name, after: until } };
  const next = BUCKETS[BUCKETS.indexOf(name) + 1];
  if (next) return { ...state, found, place: { bucket: next, after: "" } };
  return { place: null, found, last: { finished_at: ctx.clock().toISOString(), found } };
}

/** The objects of a page. If more follow, without the last file's: the next page has all of those. */
function whole({ objects, truncated }: R2Objects): R2Object[] {
  const last = objects.at(-1);
  if (!truncated || !last) return objects;
  const complete = objects.filter(({ key }) => ownerOf(key) !== ownerOf(last.key));
  return complete.length > 0 ? complete : objects;
}

const fileOf = (key: string): string | undefined => FILE_KEY.exec(key)?.[1];
const ownerOf = (key: string): string => fileOf(key) ?? key;
