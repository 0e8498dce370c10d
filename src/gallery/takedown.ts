import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { hideActor } from "../access/audit.ts";
import { holdersOf } from "../access/holds.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { hideImage, showImage } from "../storage/hide.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { lockUpload, uploadOf } from "../storage/taken-down.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries, photo_takedowns } from "../tables/gallery.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { removeCoversOf } from "./covers.ts";
import { PHOTO_NOT_FOUND } from "./find.ts";
import { lockPhoto } from "./lock.ts";
import { isItsFile } from "./schemas.ts";

const isPhoto = (id: string): SQL => sql`(${eq(event_galleries.id, id)})`;

/** The SHA-256 of what was uploaded as a photo, also if the photo was taken down and is gone. Null if that is not known. */
const uploadOfPhoto = (id: string): SQL => sql`coalesce(
  ${uploadOf(sql`(select ${event_galleries.file_id} from ${event_galleries} where ${isPhoto(id)})`)},
  (select ${photo_takedowns.sha256} from ${photo_takedowns}
    where ${and(eq(photo_takedowns.photo_id, id), isNotNull(photo_takedowns.sha256))} limit 1))`;

/** The photo, and others of the same upload, at whichever event. */
const isSamePhoto = (id: string): SQL =>
  sql`(${or(
    isPhoto(id),
    inArray(
      event_galleries.file_id,
      query
        .select({ id: stored_files.id })
        .from(stored_files)
        .where(eq(stored_files.sha256, uploadOfPhoto(id))),
    ),
  )})`;

/** First the photos, like whoever deletes one, then their files. */
function lockSamePhotos(t: Plan, id: string): void {
  t.effect(
    query
      .select({ id: event_galleries.id })
      .from(event_galleries)
      .where(isSamePhoto(id))
      .orderBy(event_galleries.id)
      .for("update"),
  );
  lockUpload(t, uploadOfPhoto(id), "no key update");
}

/** Tells those who look after the gallery, unless the photo is taken down already. Names nobody. */
const mailTakedown = (t: Plan, id: string): void =>
  t.mail("photo_taken_down", {
    to: mailableAddress,
    user_id: users.id,
    data: { event_title: events.title },
    from: sql`from ${event_galleries} join ${events} on ${eq(events.id, event_galleries.event_id)}
      join ${users} on ${and(eq(users.status, "active"), inArray(users.id, holdersOf("gallery.edit")))}
      where ${isPhoto(id)} and ${event_galleries.takedown_at} is null`,
  });

const keysOf = (t: Plan, which: SQL | undefined): Handle<{ key: string }[]> =>
  t.many(query.select({ key: stored_files.key }).from(event_galleries).innerJoin(stored_files, isItsFile).where(which));

/** Remembers the uploads, as far as we know them, so that nobody brings the photos back, and who may. */
const rememberTakedown = (t: Plan, id: string, asked_by: string): void =>
  t.effect(
    query.execute(sql`
      insert into ${photo_takedowns} (photo_id, sha256, asked_by)
      select ${event_galleries.id}, ${stored_files.sha256}, ${asked_by}::uuid
      from ${event_galleries} left join ${stored_files} on ${isItsFile}
      where ${isSamePhoto(id)}
      on conflict do nothing`),
  );

/**
 * Takes down a photo that is shown, or that I offered: from the answer on, nobody sees it, no link leads to it, and nobody can
 * upload it again. The same upload at other events, and covers made of it, go too. It stays like that until everybody who asked
 * has taken that back. Repeating it changes nothing. 404 without such a photo.
 */
export async function takeDown(ctx: SignedInContext, id: string): Promise<Message> {
  const images = await ctx.transact((t) => {
    lockSamePhotos(t, id);
    lockPhoto(t, id, or(sql`${event_galleries.accepted_at} is not null`, eq(event_galleries.uploaded_by, ctx.user_id)));
    hideActor(t);
    mailTakedown(t, id);
    removeCoversOf(t, id);
    t.effect(
      query
        .update(event_galleries)
        .set({ takedown_at: sql`now()`, takedown_by: ctx.user_id })
        .where(and(isSamePhoto(id), sql`${event_galleries.takedown_at} is null`)),
    );
    rememberTakedown(t, id, ctx.user_id);
    return keysOf(t, isSamePhoto(id));
  });
  for (const { key } of images) await hideImage(ctx.storage, key);
  ctx.afterwards(removeUnneededFiles);
  return { message: "Nobody sees this photo anymore." };
}

/**
 * Takes back that I asked to take a photo down. If nobody else asked, it is shown again or, if it was deleted since, may be
 * uploaded again. 404 without such a photo, 403 for whoever did not ask.
 */
export async function takeBackTakedown(ctx: SignedInContext, id: string): Promise<Message> {
  const isRemembered = eq(photo_takedowns.photo_id, id);
  const isSameUpload = sql`(${or(isRemembered, eq(photo_takedowns.sha256, uploadOfPhoto(id)))})`;
  const isMine = eq(photo_takedowns.asked_by, ctx.user_id);
  const byAnother = sql`from ${photo_takedowns}
    where ${isSameUpload} and ${photo_takedowns.asked_by} is distinct from ${ctx.user_id}`;
  const othersAsked = sql`exists (select ${byAnother})`;
  const { state, images } = await ctx.transact((t) => {
    lockSamePhotos(t, id);
    t.guard(
      sql`(exists (select from ${event_galleries} where ${isPhoto(id)})
        or exists (select from ${photo_takedowns} where ${isRemembered}))`,
      ...PHOTO_NOT_FOUND,
    );
    t.guard(
      sql`(exists (select from ${photo_takedowns} where ${and(isRemembered, isMine)})
        or exists (select from ${event_galleries} where ${isPhoto(id)} and ${event_galleries.takedown_at} is null))`,
      403,
      "not_the_asker",
      "Only whoever asked to take this photo down can take that back.",
    );
    t.effect(
      query
        .update(event_galleries)
        .set({
          takedown_at: sql`case when ${othersAsked} then ${event_galleries.takedown_at} end`,
          takedown_by: sql`(select ${photo_takedowns.asked_by} ${byAnother} order by ${photo_takedowns.created_at} limit 1)`,
        })
        .where(and(isSamePhoto(id), isNotNull(event_galleries.takedown_at))),
    );
    const state = t.one(
      query.execute<{ is_there: boolean; others_asked: boolean }>(sql`
        select exists (select from ${event_galleries} where ${isPhoto(id)}) as is_there, ${othersAsked} as others_asked`),
    );
    const images = keysOf(t, and(isSamePhoto(id), isNull(event_galleries.takedown_at)));
    // Last, because the others find here what was uploaded as a photo that is gone.
    t.effect(query.delete(photo_takedowns).where(and(isSameUpload, isMine)));
    return { state, images };
  });
  for (const { key } of images) await showImage(ctx.storage, key);
  if (state.others_asked) return { message: "Somebody else also asked to take this photo down, so it stays hidden." };
  return { message: state.is_there ? "The photo is shown again." : "This photo may be uploaded again." };
}
