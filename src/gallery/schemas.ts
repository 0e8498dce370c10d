import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { Paging, pageOf, pageWithTotalOf } from "../http/pagination.ts";
import { FormBoolean, Id, Instant, OptionalText, YesOrNo } from "../http/schemas.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries } from "../tables/gallery.ts";
import { nameOf, users } from "../tables/people.ts";

const HIDDEN = "Null while the photo is taken down. The link works for one to two hours, for whoever has it";

/** A photo of an event, as it is shown. */
export const GalleryPhoto = z
  .object({
    id: z.uuid(),
    event_id: z.uuid(),
    event_title: z.string(),
    caption: z.string().nullable(),
    url: z.string().nullable().describe(HIDDEN),
    thumbnail_url: z.string().nullable().describe("A link to the same photo with at most 256 pixels a side"),
    width: z.int().nullable(),
    height: z.int().nullable(),
    position: z.int().nullable().describe("Where a volunteer put it. Photos without a position come after the others"),
    taken_at: Instant.nullable().describe("When it was taken, if the camera wrote that down"),
    accepted_at: Instant.nullable().describe("Null while it waits for a volunteer"),
    created_at: Instant,
  })
  .meta({ id: "GalleryPhoto" });
export type GalleryPhoto = z.infer<typeof GalleryPhoto>;

/** A photo as volunteers see it. */
export const ManagedPhoto = GalleryPhoto.extend({
  visibility: z.enum(event_galleries.visibility.enumValues),
  consent: z.boolean(),
  size_bytes: z.int().describe("What the photo and its thumbnail occupy"),
  uploaded_by: z.uuid().nullable(),
  uploaded_by_name: z.string().nullable(),
  accepted_by: z.uuid().nullable(),
  accepted_by_name: z.string().nullable(),
  takedown_at: Instant.nullable().describe("Since when it is hidden because somebody asked. It does not say who"),
  updated_at: Instant,
}).meta({ id: "ManagedPhoto" });
export type ManagedPhoto = z.infer<typeof ManagedPhoto>;

/** What became of each of many files. */
export const UploadedPhotos = z
  .object({
    results: z
      .array(
        z.object({
          name: z.string().describe("The name of the file, as the form has it"),
          photo: ManagedPhoto.nullable().describe("Null if it was not stored"),
          error: z
            .object({ status: z.int(), code: z.string(), detail: z.string() })
            .nullable()
            .describe("Why it was not stored: what a request with only this file would answer"),
        }),
      )
      .describe("In the order of the form"),
  })
  .meta({ id: "UploadedPhotos" });
export type UploadedPhotos = z.infer<typeof UploadedPhotos>;

/** Joins a photo's file. */
export const isItsFile: SQL = sql`(${and(eq(stored_files.id, event_galleries.file_id), eq(stored_files.status, "stored"))})`;

/** The columns of {@link GalleryPhoto}, for withImageUrls: from `event_galleries`, with its event and file joined. */
export const galleryColumns = {
  id: event_galleries.id,
  event_id: event_galleries.event_id,
  event_title: events.title,
  caption: event_galleries.caption,
  image_key: sql<string | null>`case when ${event_galleries.takedown_at} is null then ${stored_files.key} end`,
  width: stored_files.width,
  height: stored_files.height,
  position: event_galleries.position,
  taken_at: event_galleries.taken_at,
  accepted_at: event_galleries.accepted_at,
  created_at: event_galleries.created_at,
};

/** The columns of {@link ManagedPhoto}. */
export const managedColumns = {
  ...galleryColumns,
  visibility: event_galleries.visibility,
  consent: event_galleries.consent,
  size_bytes: sql<number>`coalesce(${stored_files.size_bytes}, 0)::int`,
  uploaded_by: event_galleries.uploaded_by,
  uploaded_by_name: nameOf(event_galleries.uploaded_by),
  accepted_by: event_galleries.accepted_by,
  accepted_by_name: nameOf(event_galleries.accepted_by),
  takedown_at: event_galleries.takedown_at,
  updated_at: event_galleries.updated_at,
};

/** Whether a photo is shown to members. */
export const isShown: SQL = sql`(${and(isNotNull(event_galleries.accepted_at), isNull(event_galleries.takedown_at))})`;

/** Whether a photo that is shown may be seen by this person: active members see all, everybody else the public ones. */
export const isVisibleTo = (viewer: string | null): SQL => sql`(
  (${event_galleries.visibility} = 'public' and ${event_galleries.consent})
  or exists (select from ${users} where ${users.id} = ${viewer}::uuid and ${users.status} = 'active'))`;

export const GalleryPage = pageOf(GalleryPhoto).meta({ id: "GalleryPage" });
export type GalleryPage = z.infer<typeof GalleryPage>;

export const ManagedPhotoPage = pageWithTotalOf(ManagedPhoto).meta({ id: "ManagedPhotoPage" });
export type ManagedPhotoPage = z.infer<typeof ManagedPhotoPage>;

export const PhotoFilters = Paging.extend({
  event_id: Id.optional(),
  offered: YesOrNo.optional().describe("Whether it waits for a volunteer. An offer that was withdrawn does not"),
  taken_down: YesOrNo.optional(),
});
export type PhotoFilters = z.infer<typeof PhotoFilters>;

const visibility = z
  .enum(event_galleries.visibility.enumValues)
  .describe("`public`: whoever is not signed in sees it too, if `consent` is true and the event is published");
const CONSENT = "Whether those who are in the picture agreed to be shown";

/** What a form says of the photos that a member offers. */
export const OfferFields = z.strictObject({ caption: OptionalText(1000) }).partial();
export type OfferFields = z.infer<typeof OfferFields>;

/** What a form says of the photos that a volunteer uploads. */
export const PhotoFields = z
  .strictObject({ caption: OptionalText(1000), visibility, consent: FormBoolean.describe(CONSENT) })
  .partial();
export type PhotoFields = z.infer<typeof PhotoFields>;

/** What to change of a photo; what is left out stays. */
export const PhotoChange = z
  .strictObject({
    caption: OptionalText(1000),
    visibility,
    consent: z.boolean().describe(CONSENT),
    position: z.int().min(0).max(1_000_000).nullable(),
    accepted: z.literal(true).describe("Shows a photo that a member offered. To turn it down, delete it"),
  })
  .partial()
  .meta({ id: "PhotoChange" });
export type PhotoChange = z.infer<typeof PhotoChange>;

export const PhotoOrder = z
  .strictObject({
    ids: z
      .array(Id)
      .max(1000)
      .refine((ids) => new Set(ids).size === ids.length, {
        error: "must name each photo once",
      }),
  })
  .meta({ id: "PhotoOrder" });
export type PhotoOrder = z.infer<typeof PhotoOrder>;

export const PhotoTurn = z
  .strictObject({ clockwise: z.union([z.literal(90), z.literal(180), z.literal(270)]).describe("Degrees") })
  .meta({ id: "PhotoTurn" });
export type PhotoTurn = z.infer<typeof PhotoTurn>;
