import { and, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { FILE_KINDS, stored_files } from "../tables/files.ts";
import type { Place } from "./comparison.ts";
import { bucketOf } from "./storage.ts";

/** The files that it compares: an upload under way may have objects that the page does not show yet. */
const isSettled = and(eq(stored_files.status, "stored"), lt(stored_files.updated_at, sql`now() - interval '1 hour'`));

/**
 * Compares the files of a part of a bucket with the bytes that R2 has of each. R2 lists objects in the order of their bytes,
 * so we compare keys in that order too.
 *
 * @param after the object before this part
 * @param until the last object of this part. Undefined at the end of the bucket
 */
export async function compareRows(
  ctx: Context,
  name: Place["bucket"],
  sizes: Map<string, number>,
  after: string,
  until: string | undefined,
): Promise<{ known: Set<string>; missing: string[]; corrected: number }> {
  const kinds = FILE_KINDS.filter((kind) => bucketOf(ctx.storage, kind) === ctx.storage[name]);
  const there = sql`jsonb_to_recordset(${JSON.stringify([...sizes].map(([key, bytes]) => ({ key, bytes })))}::jsonb)
    as there (key text, bytes bigint)`;
  const beginsWith = sql`(${stored_files.key} || '/') collate "C"`;
  const isInPart: SQL = sql`${inArray(stored_files.kind, kinds)} and ${beginsWith} > ${after}
    and ${until ? sql`${beginsWith} <= ${until}` : sql`true`}`;
  const { known, missing, corrected } = await ctx.transact((t) => ({
    known: t.many(
      query
        .select({ key: stored_files.key })
        .from(stored_files)
        .where(sql`${stored_files.key} in (select key from ${there})`),
    ),
    missing: t.many(
      query
        .select({ id: stored_files.id })
        .from(stored_files)
        .where(and(isSettled, isInPart, sql`${stored_files.key} not in (select key from ${there})`)),
    ),
    corrected: t.many(
      query.execute<{ id: string }>(sql`
        update ${stored_files} set size_bytes = there.bytes from ${there}
        where ${and(isSettled, inArray(stored_files.kind, kinds))} and ${stored_files.key} = there.key
          and ${stored_files.size_bytes} <> there.bytes
        returning ${stored_files.id}`),
    ),
  }));
  return {
    known: new Set(known.map(({ key }) => key)),
    missing: missing.map(({ id }) => id),
    corrected: corrected.length,
  };
}
