import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Settings } from "../env.ts";
import { LOGO_PNG, publicFilesUrl } from "../storage/links.ts";
import { stored_files } from "../tables/files.ts";
import { organisation_settings } from "../tables/organisation.ts";

/** Where everybody sees the organization's logos, as columns of `organisation_settings`. Null without one. */
export function logoUrls(settings: Settings) {
  const urlOf = (file_id: SQLWrapper): SQL<string | null> => sql<string | null>`(
    select ${`${publicFilesUrl(settings)}/`}::text || ${stored_files.key} || ${`/${LOGO_PNG}`}::text from ${stored_files}
    where ${sql`${and(eq(stored_files.id, file_id), eq(stored_files.status, "stored"))}`})`;
  return { logo_url: urlOf(organisation_settings.logo_id), logo_dark_url: urlOf(organisation_settings.logo_dark_id) };
}
