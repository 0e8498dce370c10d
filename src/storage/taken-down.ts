import { eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { stored_files } from "../tables/files.ts";
import { photo_takedowns } from "../tables/gallery.ts";

export const PHOTO_TAKEN_DOWN = [
  409,
  "photo_taken_down",
  "Somebody asked to take this photo down, so it stays hidden.",
] as const;

/** The SHA-256 of what was uploaded as this file: an id, or SQL that yields it. */
export const uploadOf = (file_id: string | SQL): SQL =>
  sql`(select ${stored_files.sha256} from ${stored_files} where ${eq(stored_files.id, file_id)})`;

/** Locks the files that came from an upload. Whoever takes it down, and whoever uploads it again, wait for each other. */
export const lockUpload = (t: Plan, sha256: SQL, how: "no key update" | "share"): void =>
  t.effect(
    query
      .select({ id: stored_files.id })
      .from(stored_files)
      .where(eq(stored_files.sha256, sha256))
      .orderBy(stored_files.id)
      .for(how),
  );

/** 409 if somebody asked to take down what was uploaded as this file, at whichever event that was. */
export function guardUploadNotTakenDown(t: Plan, file_id: string): void {
  const sha256 = uploadOf(file_id);
  lockUpload(t, sha256, "share");
  t.guard(
    sql`not exists (select from ${photo_takedowns} where ${photo_takedowns.sha256} = ${sha256})`,
    ...PHOTO_TAKEN_DOWN,
  );
}
