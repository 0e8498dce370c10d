import { eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries } from "../tables/gallery.ts";

/** Removes covers that were made of a photo, or of the same upload, because everybody sees them. Plan it before a deletion. */
export const removeCoversOf = (t: Plan, id: string): void =>
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
