import { and, eq, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { guardPublished } from "../events/find.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { listPage, listPageWithTotal, newestFirst, type Order, type Paging } from "../http/pagination.ts";
import { privateImageUrls } from "../storage/links.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries, offerWaits } from "../tables/gallery.ts";
import {
  type GalleryPage,
  galleryColumns,
  isItsFile,
  isShown,
  isVisibleTo,
  type ManagedPhotoPage,
  managedColumns,
  type PhotoFilters,
} from "./schemas.ts";

export const PHOTO_NOT_FOUND = [404, "photo_not_found", "There is no such photo."] as const;

interface Placed {
  position: number | null;
  taken_at: string | null;
  created_at: string;
  id: string;
}

/** Comes after every position that somebody can choose. */
const NO_POSITION = 2 ** 31 - 1;

const byTime: Order<Placed>["keys"] = [
  {
    expression: sql`coalesce(${event_galleries.taken_at}, ${event_galleries.created_at})`,
    type: "timestamptz",
    of: ({ taken_at, created_at }) => taken_at ?? created_at,
  },
  { expression: sql`${event_galleries.id}`, type: "uuid", of: ({ id }) => id },
];

/** The photos of one event: by position, then by the time they were taken, or uploaded if that is not known. */
const inOrderOfEvent: Order<Placed> = {
  name: "position",
  descending: false,
  keys: [
    {
      expression: sql`coalesce(${event_galleries.position}, ${sql.raw(String(NO_POSITION))})`,
      type: "integer",
      of: ({ position }) => String(position ?? NO_POSITION),
    },
    ...byTime,
  ],
};

/** The photos of all events. */
const latestFirst: Order<Placed> = { name: "latest", descending: true, keys: byTime };

/** A row with the links to its image, in place of the image's key. */
export async function withImageUrls<Row extends { image_key: string | null }>(
  ctx: Pick<Context, "settings" | "now">,
  { image_key, ...row }: Row,
): Promise<Omit<Row, "image_key"> & { url: string | null; thumbnail_url: string | null }> {
  const urls = image_key === null ? { url: null, thumbnail_url: null } : await privateImageUrls(ctx, image_key);
  return { ...row, ...urls };
}

async function withLinks<Row extends { image_key: string | null }, Rest extends { items: Row[] }>(
  ctx: Context,
  { items, ...page }: Rest & { items: Row[] },
) {
  return { ...page, items: await Promise.all(items.map((row) => withImageUrls(ctx, row))) };
}

/** Photos as they are shown. */
export const selectPhotos = () =>
  query
    .select(galleryColumns)
    .from(event_galleries)
    .innerJoin(events, eq(events.id, event_galleries.event_id))
    .innerJoin(stored_files, isItsFile);

const selectManagedPhotos = () =>
  query
    .select(managedColumns)
    .from(event_galleries)
    .innerJoin(events, eq(events.id, event_galleries.event_id))
    .leftJoin(stored_files, isItsFile);

/** Selects photos as volunteers see them. */
export const selectManagedPhoto = (which: SQL) => selectManagedPhotos().where(which);

/** A page of the photos of all published events, the latest first. */
export async function listGallery(ctx: SignedInContext, paging: Paging): Promise<GalleryPage> {
  const shown = and(isShown, events.published);
  return withLinks(ctx, await ctx.transact((t) => listPage(t, latestFirst, selectPhotos, paging, shown)));
}

/** A page of the photos of a published event that the caller may see. 404 without such an event. */
export async function listEventGallery(
  ctx: Context | SignedInContext,
  event_id: string,
  paging: Paging,
): Promise<GalleryPage> {
  const viewer = "user_id" in ctx ? ctx.user_id : null;
  const shown = and(eq(event_galleries.event_id, event_id), isShown, isVisibleTo(viewer));
  const page = await ctx.transact((t) => {
    guardPublished(t, event_id);
    return listPage(t, inOrderOfEvent, selectPhotos, paging, shown);
  });
  return withLinks(ctx, page);
}

/** A page of all photos, the newest first, with those that wait or are taken down. */
export async function listManagedPhotos(
  ctx: SignedInContext,
  { event_id, offered, taken_down, ...paging }: PhotoFilters,
): Promise<ManagedPhotoPage> {
  const matching = and(
    event_id ? eq(event_galleries.event_id, event_id) : undefined,
    offered === undefined ? undefined : offered ? offerWaits : not(offerWaits),
    taken_down === undefined
      ? undefined
      : taken_down
        ? isNotNull(event_galleries.takedown_at)
        : isNull(event_galleries.takedown_at),
  );
  const page = await ctx.transact((t) =>
    listPageWithTotal(t, newestFirst(event_galleries), selectManagedPhotos, paging, matching),
  );
  return withLinks(ctx, page);
}
