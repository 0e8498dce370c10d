import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { privateImageUrls } from "../storage/links.ts";
import { stored_files } from "../tables/files.ts";

/** The fields with the links to a person's photo. `without` says when they are null. */
export const photoUrls = (without = "Null without a photo") => ({
  profile_photo_url: z
    .string()
    .nullable()
    .describe(`${without}. The link works for one to two hours, for whoever has it`),
  profile_photo_thumbnail_url: z
    .string()
    .nullable()
    .describe("A link to the same photo with at most 256 pixels a side"),
});

/** The key of a photo, for {@link withPhotoUrls}. `photo_id` is a column of `users`, or null where the photo is hidden. */
export const photoKey = (photo_id: SQL<string | null>): SQL<string | null> =>
  sql<string | null>`(${query
    .select({ key: stored_files.key })
    .from(stored_files)
    .where(and(eq(stored_files.id, photo_id), eq(stored_files.status, "stored")))})`;

interface PhotoUrls {
  profile_photo_url: string | null;
  profile_photo_thumbnail_url: string | null;
}

/** The row that a body with the links to a photo is made from. */
export type WithPhotoKey<Body extends PhotoUrls> = Omit<Body, keyof PhotoUrls> & { photo_key: string | null };

/** A row with the links to its photo, in place of the photo's key. */
export async function withPhotoUrls<Row extends { photo_key: string | null }>(
  ctx: Pick<Context, "settings" | "now">,
  { photo_key, ...row }: Row,
): Promise<Omit<Row, "photo_key"> & PhotoUrls> {
  const urls = photo_key === null ? null : await privateImageUrls(ctx, photo_key);
  return { ...row, profile_photo_url: urls?.url ?? null, profile_photo_thumbnail_url: urls?.thumbnail_url ?? null };
}
