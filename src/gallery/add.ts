import { and, eq, ne, or, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { eventTimeZone } from "../events/clock.ts";
import { isAnswerOf, lockEvent } from "../events/find.ts";
import type { SignedInContext } from "../http/context.ts";
import type { IncomingFile, Upload } from "../http/upload.ts";
import type { Origin } from "../storage/origin.ts";
import { storeImage } from "../storage/store-image.ts";
import { guardUploadNotTakenDown } from "../storage/taken-down.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries, offerWaits } from "../tables/gallery.ts";
import { selectManagedPhoto, selectPhotos, withImageUrls } from "./find.ts";
import type { GalleryPhoto, ManagedPhoto, OfferFields, PhotoFields } from "./schemas.ts";

/** How many photos of an event a member may offer before a volunteer looks at them. */
const MOST_OFFERS = 50;

interface NewPhoto {
  event_id: string;
  file_id: string;
  uploaded_by: string;
  accepted: boolean;
  /** What the form says of it. */
  fields: PhotoFields;
}

/** A camera's clock shows the time where the event is. What lies in the future is wrong. */
const timeOf = ({ taken }: Origin, event_id: string) => {
  const at = !taken
    ? sql`null::timestamptz`
    : taken.length > 19
      ? sql`${taken}::timestamptz`
      : sql`${taken}::timestamp at time zone (select ${eventTimeZone} from ${events} where ${eq(events.id, event_id)})`;
  return sql`(select case when taken.at < now() + interval '1 day' then taken.at end from (select ${at} as at) taken)`;
};

/** The photo with this file, or the one that was made of the same bytes. */
const isSameUpload = ({ event_id, file_id }: NewPhoto, { sha256 }: Origin) =>
  sql`(${and(
    eq(event_galleries.event_id, event_id),
    or(
      eq(event_galleries.file_id, file_id),
      sql`${event_galleries.file_id} in (${query
        .select({ id: stored_files.id })
        .from(stored_files)
        .where(sql`${stored_files.sha256} = ${sha256}`)})`,
    ),
  )})`;

/**
 * Adds a photo to an event. The same bytes again are the same photo: then nothing is added, and a volunteer accepts what a
 * member offered. 409 if somebody took them down.
 */
function addOnce(t: Plan, photo: NewPhoto, origin: Origin): void {
  const { event_id, file_id, uploaded_by, accepted, fields } = photo;
  lockEvent(t, event_id);
  if (accepted)
    t.effect(
      query
        .update(event_galleries)
        .set({ ...fields, accepted_at: sql`now()`, accepted_by: uploaded_by })
        .where(and(isSameUpload(photo, origin), offerWaits)),
    );
  guardUploadNotTakenDown(t, file_id);
  const accepted_at = accepted ? sql`now()` : sql`null`;
  t.effect(
    query.execute(sql`
      insert into ${event_galleries} (event_id, file_id, taken_at, uploaded_by, accepted_at, accepted_by, caption, visibility, consent)
      select ${event_id}::uuid, ${file_id}::uuid, ${timeOf(origin, event_id)}, ${uploaded_by}::uuid, ${accepted_at},
        ${accepted ? uploaded_by : null}::uuid, ${fields.caption ?? null}, ${fields.visibility ?? "members"}, ${fields.consent ?? false}
      where not exists (select from ${event_galleries} where ${isSameUpload(photo, origin)})`),
  );
  const isUsed = sql`exists (select from ${event_galleries} where ${eq(event_galleries.file_id, file_id)})`;
  t.effect(
    query
      .update(stored_files)
      .set({ status: "deleted" })
      .where(and(eq(stored_files.id, file_id), ne(stored_files.status, "deleted"), sql`not ${isUsed}`)),
  );
}

/**
 * Adds a photo to an event's gallery. 404 without such an event, 409 if somebody took it down. The same bytes again yield the
 * first photo, which keeps its fields unless it is an offer that is accepted.
 *
 * @param fields what the form says of it, once its first chunk is here
 */
export async function uploadToGallery(
  ctx: SignedInContext,
  event_id: string,
  upload: IncomingFile,
  fields: () => PhotoFields,
): Promise<ManagedPhoto> {
  const added = await storeImage(
    ctx,
    "event_photo",
    upload,
    (t, file_id, origin) => {
      const photo = { event_id, file_id, uploaded_by: ctx.user_id, accepted: true, fields: fields() };
      addOnce(t, photo, origin);
      return () => t.one(selectManagedPhoto(isSameUpload(photo, origin)));
    },
    (t) => lockEvent(t, event_id),
  );
  return withImageUrls(ctx, added);
}

/**
 * Offers a photo of a published event, which waits until a volunteer accepts it. 404 without such an event, 403 for whoever
 * neither said yes nor came, 409 if too many of theirs wait, or if somebody took the photo down.
 */
export async function offerPhoto(
  ctx: SignedInContext,
  event_id: string,
  upload: Upload<OfferFields>,
): Promise<GalleryPhoto> {
  const { user_id } = ctx;
  const check = (t: Plan) => {
    lockEvent(t, event_id, sql`${events.published}`);
    t.guard(
      sql`exists (select from ${event_rsvps} where ${isAnswerOf(event_id, user_id)}
        and (${event_rsvps.attended} or coalesce(${event_rsvps.rsvp_status} = 'yes', false)))`,
      403,
      "not_a_guest",
      "Only those who said yes to an event, or came, can offer photos of it.",
    );
    const waiting = and(eq(event_galleries.event_id, event_id), eq(event_galleries.uploaded_by, user_id), offerWaits);
    t.guard(
      sql`(select count(*) from ${event_galleries} where ${waiting}) < ${MOST_OFFERS}`,
      409,
      "too_many_offers",
      `${MOST_OFFERS} of your photos wait for a volunteer. Please try again once they have been looked at.`,
    );
  };
  const offered = await storeImage(
    ctx,
    "event_photo",
    upload,
    (t, file_id, origin) => {
      check(t);
      const photo = { event_id, file_id, uploaded_by: user_id, accepted: false, fields: upload.fields() };
      addOnce(t, photo, origin);
      return () => t.one(selectPhotos().where(isSameUpload(photo, origin)));
    },
    check,
  );
  return withImageUrls(ctx, offered);
}
