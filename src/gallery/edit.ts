import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { lockEvent } from "../events/find.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { copyImage } from "../storage/copy-image.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries } from "../tables/gallery.ts";
import { removeCoversOf } from "./covers.ts";
import { selectManagedPhoto, withImageUrls } from "./find.ts";
import { guardNotTakenDown, lockPhoto } from "./lock.ts";
import { isItsFile, type ManagedPhoto, type PhotoChange, type PhotoOrder, type PhotoTurn } from "./schemas.ts";

const isPhoto = (id: string) => sql`(${eq(event_galleries.id, id)})`;

/** Changes what is named. Without consent, a cover that was made of the photo goes. 404 without such a photo. */
export async function editPhoto(
  ctx: SignedInContext,
  id: string,
  { accepted, ...change }: PhotoChange,
): Promise<ManagedPhoto> {
  const photo = await ctx.transact((t) => {
    lockPhoto(t, id);
    if (Object.keys(change).length > 0) t.effect(query.update(event_galleries).set(change).where(isPhoto(id)));
    if (change.consent === false) removeCoversOf(t, id);
    if (accepted)
      t.effect(
        query
          .update(event_galleries)
          .set({ accepted_at: sql`now()`, accepted_by: ctx.user_id })
          .where(and(isPhoto(id), sql`${event_galleries.accepted_at} is null`)),
      );
    return t.one(selectManagedPhoto(isPhoto(id)));
  });
  if (change.consent === false) ctx.afterwards(removeUnneededFiles);
  return withImageUrls(ctx, photo);
}

/** Puts the photos of an event in this order, and the others behind them. 404 without such an event. 400 for other photos. */
export async function orderGallery(ctx: SignedInContext, event_id: string, { ids }: PhotoOrder): Promise<Message> {
  const named = sql`${`{${ids.join(",")}}`}::uuid[]`;
  const isOfEvent = eq(event_galleries.event_id, event_id);
  await ctx.transact((t) => {
    lockEvent(t, event_id);
    t.valid(
      sql`(select count(*) from ${event_galleries} where ${isOfEvent} and ${event_galleries.id} = any (${named})) = ${ids.length}`,
      "ids",
      "must be photos of this event",
    );
    t.effect(
      query
        .update(event_galleries)
        .set({ position: sql`array_position(${named}, ${event_galleries.id}) - 1` })
        .where(isOfEvent),
    );
  });
  return { message: "The photos are in the new order." };
}

/** Turns a photo. It gets new links, and those that are out stop working. 404 without such a photo, 409 if it is taken down. */
export async function turnPhoto(ctx: SignedInContext, id: string, { clockwise }: PhotoTurn): Promise<ManagedPhoto> {
  const photo = await copyImage(
    ctx,
    {
      kind: "event_photo",
      original: sql`(select ${event_galleries.file_id} from ${event_galleries} where ${isPhoto(id)})`,
      rotate: clockwise,
    },
    (t) => {
      lockPhoto(t, id);
      guardNotTakenDown(t, id);
      return t.one(
        query
          .select({ id: stored_files.id, kind: stored_files.kind, key: stored_files.key, sha256: stored_files.sha256 })
          .from(event_galleries)
          .innerJoin(stored_files, isItsFile)
          .where(isPhoto(id)),
      );
    },
    (t, file_id, original_id) => {
      lockPhoto(t, id);
      guardNotTakenDown(t, id);
      t.guard(
        sql`exists (select from ${event_galleries} where ${isPhoto(id)} and ${event_galleries.file_id} = ${original_id})`,
        409,
        "photo_changed",
        "Somebody else has just turned this photo. Please look at it again.",
      );
      t.effect(query.update(event_galleries).set({ file_id }).where(isPhoto(id)));
      return () => t.one(selectManagedPhoto(isPhoto(id)));
    },
  );
  return withImageUrls(ctx, photo);
}
