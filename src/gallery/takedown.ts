import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { hideImage, showImage } from "../storage/hide.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { events } from "../tables/events.ts";
import { stored_files } from "../tables/files.ts";
import { event_galleries } from "../tables/gallery.ts";
import { mailableAddress, users } from "../tables/people.ts";
import { removeCoversOf } from "./covers.ts";
import { lockPhoto } from "./lock.ts";
import { isItsFile } from "./schemas.ts";

const isPhoto = (id: string): SQL => sql`(${eq(event_galleries.id, id)})`;

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

const keyOf = (t: Plan, id: string): Handle<{ key: string } | null> =>
  t.maybe(
    query.select({ key: stored_files.key }).from(event_galleries).innerJoin(stored_files, isItsFile).where(isPhoto(id)),
  );

/**
 * Takes down a photo that is shown, or that I offered: from the answer on, nobody sees it, and no link leads to it. A cover
 * made of it goes. Repeating it changes nothing. 404 without such a photo.
 */
export async function takeDown(ctx: SignedInContext, id: string): Promise<Message> {
  const image = await ctx.transact((t) => {
    lockPhoto(t, id, or(sql`${event_galleries.accepted_at} is not null`, eq(event_galleries.uploaded_by, ctx.user_id)));
    mailTakedown(t, id);
    removeCoversOf(t, id);
    t.effect(
      query
        .update(event_galleries)
        .set({ takedown_at: sql`now()`, takedown_by: ctx.user_id })
        .where(and(isPhoto(id), sql`${event_galleries.takedown_at} is null`)),
    );
    return keyOf(t, id);
  });
  if (image) await hideImage(ctx.storage, image.key);
  ctx.afterwards(removeUnneededFiles);
  return { message: "Nobody sees this photo anymore." };
}

/** Shows a photo again that I took down. Repeating it changes nothing. 404 without such a photo, 403 for anybody else. */
export async function takeBackTakedown(ctx: SignedInContext, id: string): Promise<Message> {
  const image = await ctx.transact((t) => {
    lockPhoto(t, id);
    t.guard(
      sql`exists (select from ${event_galleries} where ${isPhoto(id)}
        and (${event_galleries.takedown_at} is null or coalesce(${event_galleries.takedown_by} = ${ctx.user_id}, false)))`,
      403,
      "not_the_asker",
      "Only whoever asked to take this photo down can take that back.",
    );
    t.effect(query.update(event_galleries).set({ takedown_at: null, takedown_by: null }).where(isPhoto(id)));
    return keyOf(t, id);
  });
  if (image) await showImage(ctx.storage, image.key);
  return { message: "The photo is shown again." };
}
