import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import { base64url } from "jose";
import type { Plan } from "../database/plan.ts";
import { query, type Rows } from "../database/query.ts";
import { stored_files } from "../tables/files.ts";
import { storage_usage } from "../tables/organisation.ts";
import type { FileKind } from "./storage.ts";

/** A row of `stored_files` whose objects are on their way. */
export interface ReservedFile {
  id: string;
  kind: FileKind;
  key: string;
}

/** What is known of a file once its objects are stored. */
type Stored = Pick<typeof stored_files.$inferInsert, "width" | "height" | "sha256">;

/** A file with a key that nobody can guess. */
export const newFile = (kind: FileKind): ReservedFile => ({
  id: crypto.randomUUID(),
  kind,
  key: `${kind}/${base64url.encode(crypto.getRandomValues(new Uint8Array(16)))}`,
});

/** Reserves room before the first byte is stored. 413 if the storage has less than `bytes` left. */
export function reserve(t: Plan, { id, kind, key }: ReservedFile, content_type: string, bytes: number | SQL): void {
  t.effect(query.insert(stored_files).values({ id, kind, key, content_type, size_bytes: bytes }));
  t.guard(
    sql`exists ${query
      .select({ used_bytes: storage_usage.used_bytes })
      .from(storage_usage)
      .where(lte(storage_usage.used_bytes, storage_usage.limit_bytes))}`,
    413,
    "storage_full",
    "The storage is full. Please let the organization know.",
  );
}

/** Keeps a file whose objects are stored. 409 if it took so long that it was given up. */
export function keep(t: Plan, { id }: ReservedFile, facts: Stored): void {
  const isUploading = and(eq(stored_files.id, id), eq(stored_files.status, "uploading"));
  t.guard(
    sql`exists ${query.select({ id: stored_files.id }).from(stored_files).where(isUploading).for("update")}`,
    409,
    "upload_too_slow",
    "The upload took too long. Please try again.",
  );
  t.effect(
    query
      .update(stored_files)
      .set({ ...facts, status: "stored" })
      .where(isUploading),
  );
}

/**
 * Counts what a file occupies. The last change of a transaction, because all uploads change the one row of `storage_usage`:
 * who holds it waits for nobody.
 */
export const countSize = (t: Plan, { id }: ReservedFile, size_bytes: number): void =>
  t.effect(query.update(stored_files).set({ size_bytes }).where(eq(stored_files.id, id)));

/** Gives up a file that is not kept yet. Yields its status: null once its row is gone. */
export function giveUp(t: Plan, { id }: ReservedFile): { file: ReturnType<typeof t.maybe<{ status: string }>> } {
  t.effect(
    query
      .update(stored_files)
      .set({ status: "deleted" })
      .where(and(eq(stored_files.id, id), eq(stored_files.status, "uploading"))),
  );
  return {
    file: t.maybe(query.select({ status: stored_files.status }).from(stored_files).where(eq(stored_files.id, id))),
  };
}

/** How long an upload may take. */
const UPLOAD_TIME = sql`interval '1 hour'`;

/** How many files one round removes. */
export const REMOVED_AT_ONCE = 100;

/** Marks what nobody needs anymore, oldest first, and returns it. What cannot be removed goes to the end of the line. */
export const markUnneeded = (): Rows<ReservedFile> =>
  query
    .update(stored_files)
    .set({ status: "deleted" })
    .where(
      sql`${stored_files.id} in (
        select id from ${stored_files}
        where status = 'deleted' or (status = 'uploading' and updated_at < now() - ${UPLOAD_TIME})
        order by updated_at limit ${REMOVED_AT_ONCE} for update skip locked)`,
    )
    .returning({ id: stored_files.id, kind: stored_files.kind, key: stored_files.key });

/** Forgets files whose objects are gone. */
export const forgetFiles = (t: Plan, ids: string[]): void =>
  t.effect(
    query.delete(stored_files).where(sql`${stored_files.id} = any (${sql.param(ids)}::uuid[]) and status = 'deleted'`),
  );
