import { and, eq, isNotNull, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { Id } from "../../http/schemas.ts";
import type { Upload } from "../../http/upload.ts";
import { copyImage } from "../../storage/copy-image.ts";
import { removeUnneededFiles } from "../../storage/remove.ts";
import { storeImage } from "../../storage/store-image.ts";
import { guardUploadNotTakenDown, lockUpload, uploadOf } from "../../storage/taken-down.ts";
import { events } from "../../tables/events.ts";
import { stored_files } from "../../tables/files.ts";
import { event_galleries } from "../../tables/gallery.ts";
import { isAmong, lockEvent } from "../find.ts";
import { eventsInScope, type SeriesScope } from "../series/following.ts";
import { selectManagedEvent } from "./find.ts";
import type { ManagedEvent } from "./schemas.ts";

export const CoverChoice = z
  .strictObject({ photo_id: Id.describe("A photo of this event, of people who agreed to be shown") })
  .meta({ id: "CoverChoice" });
export type CoverChoice = z.infer<typeof CoverChoice>;

/**
 * A trigger on `events` marks a cover as deleted when the last event that had it has it no more. Returns what reads the event.
 */
function setCover(t: Plan, ctx: SignedInContext, id: string, scope: SeriesScope, cover_id: string | null) {
  const these = eventsInScope(id, scope);
  lockEvent(t, these);
  if (cover_id) guardUploadNotTakenDown(t, cover_id);
  t.effect(query.update(events).set({ cover_id }).where(isAmong(events.id, these)));
  return () => t.one(selectManagedEvent(ctx, id));
}

/**
 * Uploads an event's cover; on demand, also that of those of its series that follow. 404 without such an event, 409 if it is a
 * photo that somebody took down.
 */
export const uploadCover = (
  ctx: SignedInContext,
  id: string,
  upload: Upload,
  scope: SeriesScope,
): Promise<ManagedEvent> =>
  storeImage(
    ctx,
    "event_cover",
    upload,
    (t, file_id) => setCover(t, ctx, id, scope, file_id),
    (t) => lockEvent(t, id),
  );

/**
 * Makes a public copy of a photo of the event its cover. 404 without such an event or photo, 409 unless the photo is accepted,
 * is not taken down, and those who are in it agreed.
 */
export function chooseCover(
  ctx: SignedInContext,
  id: string,
  { photo_id }: CoverChoice,
  scope: SeriesScope,
): Promise<ManagedEvent> {
  const isPhoto = sql`(${and(eq(event_galleries.id, photo_id), eq(event_galleries.event_id, id), isNotNull(event_galleries.file_id))})`;
  const original = sql`(select ${event_galleries.file_id} from ${event_galleries} where ${isPhoto})`;
  const guardChoice = (t: Plan) => {
    lockEvent(t, id);
    // Whoever hides or deletes the photo waits, and then finds the cover.
    lockUpload(t, uploadOf(original), "share");
    t.guard(
      sql`exists (select from ${event_galleries} where ${isPhoto})`,
      404,
      "photo_not_found",
      "This event has no such photo.",
    );
    t.guard(
      sql`exists (select from ${event_galleries} where ${isPhoto} and ${event_galleries.accepted_at} is not null
        and ${event_galleries.takedown_at} is null and ${event_galleries.consent})`,
      409,
      "photo_not_public",
      "Everybody sees a cover. This photo is hidden, or nobody has noted that those who are in it agreed to be shown.",
    );
  };
  return copyImage(
    ctx,
    {
      kind: "event_cover",
      original,
    },
    (t) => {
      guardChoice(t);
      return t.one(
        query
          .select({ id: stored_files.id, kind: stored_files.kind, key: stored_files.key, sha256: stored_files.sha256 })
          .from(stored_files)
          .innerJoin(event_galleries, eq(event_galleries.file_id, stored_files.id))
          .where(isPhoto),
      );
    },
    (t, file_id) => {
      guardChoice(t);
      return setCover(t, ctx, id, scope, file_id);
    },
  );
}

/** Removes an event's cover. Without one, nothing changes. 404 without such an event. */
export async function deleteCover(ctx: SignedInContext, id: string, scope: SeriesScope): Promise<ManagedEvent> {
  const event = await ctx.transact((t) => setCover(t, ctx, id, scope, null)());
  ctx.afterwards(removeUnneededFiles);
  return event;
}
