import { readFile } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { Client } from "pg";

/** The kinds of documents that may have a file. */
export const DOCUMENT_TABLES = ["newsletter_archives", "financial_reports", "bylaws_documents"] as const;
export type DocumentTable = (typeof DOCUMENT_TABLES)[number];

/** The old bucket: its public address, and a copy of it on this machine if there is one. */
export interface OldBucket {
  address: string;
  copy: string | undefined;
}

export interface OldPhoto {
  id: string;
  event_id: string;
  key: string;
}

export interface OldDocument {
  id: string;
  table: DocumentTable;
  key: string;
}

/** Why a file did not come. */
export class NotMoved extends Error {}

/** The photos that have no picture here yet, the oldest first. */
export async function photosToMove(here: Client, bucket: OldBucket): Promise<OldPhoto[]> {
  const { rows } = await here.query<OldPhoto>(
    `select id, event_id, image_key as key from event_galleries where file_id is null and image_key is not null
     order by created_at, id`,
  );
  return rows.flatMap((row) => withKey(row, bucket));
}

/** The documents whose file is in the old bucket. Links to other places stay links. */
export async function documentsToMove(here: Client, bucket: OldBucket): Promise<OldDocument[]> {
  const { rows } = await here.query<OldDocument>(
    `${DOCUMENT_TABLES.map(
      (table) => `select id, '${table}' as table, document_location as key, created_at from ${table}
        where document_location is not null and file_id is null`,
    ).join(" union all ")} order by created_at, id`,
  );
  return rows.flatMap((row) => withKey(row, bucket));
}

/** A row with its key in the old bucket. Nothing if its address is elsewhere. */
function withKey<Row extends { key: string }>(row: Row, { address }: OldBucket): Row[] {
  if (!/^https?:/.test(row.key)) return [{ ...row, key: row.key.replace(/^\/+/, "") }];
  const prefix = `${address}/`;
  return row.key.startsWith(prefix) ? [{ ...row, key: decoded(row.key.slice(prefix.length)) }] : [];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A % that stands for itself.
  }
}

/** The bytes of an old file. */
export async function readOldFile(key: string, { address, copy }: OldBucket): Promise<Blob> {
  if (copy !== undefined) {
    const path = resolve(copy, key);
    if (!path.startsWith(resolve(copy) + sep)) throw new NotMoved("its key leads out of the copy");
    return readFile(path).then(
      (bytes) => new Blob([bytes]),
      () => {
        throw new NotMoved("it is not in the copy");
      },
    );
  }
  const url = `${address}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(120_000) }).catch(() => {
    throw new NotMoved("the old bucket does not answer");
  });
  if (!answer.ok) throw new NotMoved(`the old bucket answers ${answer.status}`);
  return answer.blob();
}

/**
 * Moves a picture that was just uploaded to the old photo, which keeps its id, caption, uploader and dates. Returns false if the
 * picture belongs to another photo that somebody has edited, or that came from the old platform too.
 */
export async function adoptPicture(here: Client, old_id: string, uploaded_id: string): Promise<boolean> {
  await here.query("begin");
  try {
    const { rows } = await here.query<{ file_id: string; taken_at: string | null }>(
      `delete from event_galleries where id = $1 and image_key is null and caption is null and position is null
         and visibility = 'members' and not consent and takedown_at is null
       returning file_id, taken_at::text`,
      [uploaded_id],
    );
    const [picture] = rows;
    if (picture) {
      // The trigger took it for a picture that nobody needs anymore.
      await here.query("update stored_files set status = 'stored' where id = $1", [picture.file_id]);
      await here.query("update event_galleries set file_id = $2, taken_at = $3 where id = $1", [
        old_id,
        picture.file_id,
        picture.taken_at,
      ]);
      // Whoever took the old photo down did so before anybody knew its bytes.
      await here.query(
        `update photo_takedowns set sha256 = (select sha256 from stored_files where id = $2) where photo_id = $1 and sha256 is null`,
        [old_id, picture.file_id],
      );
    }
    await here.query("commit");
    return picture !== undefined;
  } catch (error) {
    await here.query("rollback");
    throw error;
  }
}
