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
import { areTooMany, noted, removeUnmatched } from "./unmatched.ts";

/** How often all files are compared, in hours. */
const EVERY_HOURS = 20;

/** How many pages of objects one look reads, and how many objects a page has. */
const PAGES = 20;
const PAGE = 250;

/** The objects of a file have its key and a slash before their names. Others may have come here by hand. */
const FILE_KEY = new RegExp(`^((?:${FILE_KINDS.join("|")})/[A-Za-z0-9_-]{22})/`);

/**
 * Compares what R2 holds with our rows, once a day: a bounded part of it at each look, and rings again if any is left.
 * Sizes that we had wrong are corrected. What has belonged to no file for 30 days is deleted. A file without objects is only
 * reported.
 *
 * @throws if so many objects belong to no file that this must be the wrong database. None of them is deleted.
 */
export async function compareFiles(ctx: Context): Promise<Partial<StorageComparison>> {
  let { row } = await ctx.transact((t) => ({ row: t.maybe(selectComparison()) }));
  let state = comparisonIn(row);
  if (!state.place) {
    const since = ctx.now.getTime() - EVERY_HOURS * 3_600_000;
    if (state.last && Date.parse(state.last.finished_at) > since) {
      refuseTooMany(state.last.found);
      return {};
    }
    state = begun(state);
  }
  for (let page = 0; page < PAGES && state.place; page += 1) {
    const compared = await comparePage(ctx, state, state.place);
    const next = compared.place ? compared : await finish(ctx, compared);
    const { saved } = await ctx.transact((t) => ({ saved: saveComparison(t, next, row) }));
    if (!saved) return next.found;
    state = next;
    row = { cursor: next };
  }
  if (state.place) await ctx.ring("storage");
  else refuseTooMany(state.found);
  return state.found;
}

/** Throws in every run, so that the job shows as failed until somebody looks into it. */
function refuseTooMany(found: StorageComparison): void {
  if (areTooMany(found))
    throw new Error("Too many objects belong to no file. This may be the wrong database, so nothing was deleted");
}

/** Deletes what may go, once all objects were compared. */
async function finish(ctx: Context, state: State): Promise<State> {
  const removed = areTooMany(state.found) ? [] : await removeUnmatched(ctx, state.unmatched);
  const found = { ...state.found, removed: removed.length };
  const unmatched = Object.fromEntries(Object.entries(state.unmatched).filter(([key]) => !removed.includes(key)));
  return { place: null, found, unmatched, last: { finished_at: ctx.clock().toISOString(), found } };
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
  const { known, missing, corrected } = await compareRows(ctx, name, sizes, after, until);
  const unmatched = noted(state.unmatched, [...sizes.keys()], known, ctx.now);
  const found: StorageComparison = {
    objects: state.found.objects + objects.length,
    unmatched: state.found.unmatched + objects.filter(({ key }) => isUnmatched(key, known)).length,
    removed: 0,
    corrected: state.found.corrected + corrected,
    missing: state.found.missing + missing.length,
    missing_ids: [...state.found.missing_ids, ...missing].slice(0, 50),
    unknown: state.found.unknown + objects.filter(({ key }) => fileOf(key) === undefined).length,
  };
  const next_bucket = until ? name : BUCKETS[BUCKETS.indexOf(name) + 1];
  return { ...state, found, unmatched, place: next_bucket ? { bucket: next_bucket, after: until ?? "" } : null };
}

function isUnmatched(key: string, known: Set<string>): boolean {
  const file = fileOf(key);
  return file !== undefined && !known.has(file);
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
