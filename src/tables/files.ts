import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id, timestamps } from "./columns.ts";

/** What is stored in R2, and in which bucket: `PHOTOS` has no public access, `PUBLIC_FILES` has nothing that is private. */
export const FILE_KINDS = ["profile_photo", "event_photo", "event_cover", "logo", "document"] as const;

/**
 * A file in R2, with its variants: a row before the first byte is stored, and until the last one is gone. So no object is
 * ever there that we do not know of. The keys of the objects begin with `key`, which nobody can guess.
 */
export const stored_files = pgTable(
  "stored_files",
  {
    id: id(),
    kind: text({ enum: FILE_KINDS }).notNull(),
    key: text().notNull().unique(),
    /** `uploading` until its owner refers to it, `deleted` from when nobody does until its objects are gone. */
    status: text({ enum: ["uploading", "stored", "deleted"] })
      .notNull()
      .default("uploading"),
    content_type: text().notNull(),
    /** What all its objects occupy. A trigger adds it up in `storage_usage`. */
    size_bytes: bigint({ mode: "number" }).notNull().default(0),
    /** Pixels, of images. */
    width: integer(),
    height: integer(),
    /** SHA-256 of the file as it was uploaded, in hex, where the same file may come twice. */
    sha256: text(),
    ...timestamps,
  },
  (t) => [
    index("stored_files_unfinished").on(t.updated_at, t.id).where(sql`${t.status} <> 'stored'`),
    index("stored_files_kind").on(t.kind, t.created_at, t.id),
    index("stored_files_sha256").on(t.sha256).where(sql`${t.sha256} is not null`),
    check(
      "stored_files_kind_known",
      sql`${t.kind} in ('profile_photo', 'event_photo', 'event_cover', 'logo', 'document')`,
    ),
    check("stored_files_status", sql`${t.status} in ('uploading', 'stored', 'deleted')`),
    check("stored_files_size", sql`${t.size_bytes} >= 0`),
  ],
);
