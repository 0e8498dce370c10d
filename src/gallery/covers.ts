import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { lockUpload, uploadOf } from "../storage/taken-down.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries } from "../tables/gallery.ts";

/**
 * Removes covers that were made of a photo, or of the same upload, because everybody sees them. Plan it before a deletion.
 * Whoever is making another such cover, or copying an event that has one, is waited for.
 */
export function removeCoversOf(t: Plan, id: string): void {
  const photo = sql`(select ${event_galleries.file_id} from ${event_galleries} where ${eq(event_galleries.id, id)})`;
  lockUpload(t, uploadOf(photo), "no key update");
  t.effect(
    query
      .update(events)
      .set({ cover_id: null })
      .where(
        sql`${events.cover_id} in (
          select cover.id from ${stored_files} as cover
            join ${stored_files} as original on original.sha256 = cover.sha256
            join ${event_galleries} on ${event_galleries.file_id} = original.id
          where ${eq(event_galleries.id, id)})`,
      ),
  );
}
