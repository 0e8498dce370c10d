import { and, eq, sql } from "drizzle-orm";
import type { Settings } from "../env.ts";
import { type ImageVariant, publicFilesUrl } from "../storage/links.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";

/** Where everybody sees the cover of a row of `events`. Null without one. */
export const coverUrls = (settings: Settings) => {
  const urlOf = (variant: ImageVariant) => sql<string | null>`(
    select ${`${publicFilesUrl(settings)}/`}::text || ${stored_files.key} || ${`/${variant}`}::text from ${stored_files}
    where ${and(eq(stored_files.id, events.cover_id), eq(stored_files.status, "stored"))})`;
  return { cover_url: urlOf("full.webp"), cover_thumbnail_url: urlOf("thumb.webp") };
};
