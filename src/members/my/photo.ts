import { eq, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Upload } from "../../http/upload.ts";
import { lockPerson } from "../../people/person.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { removeObjects, removeUnneededFiles } from "../../storage/remove.ts";
import { storeImage } from "../../storage/store-image.ts";
import { stored_files } from "../../tables/files.ts";
import { users } from "../../tables/people.ts";
import { selectProfile } from "./profile.ts";
import type { MyProfile } from "./schemas.ts";

/**
 * Returns what reads the profile, and the photo before, which a trigger on `users` marks as deleted: remove its objects
 * before the answer, so that links to it work no more. Lock the person first.
 */
function replacePhoto(t: Plan, ctx: SignedInContext, photo_id: string | null) {
  const me = eq(users.id, ctx.user_id);
  const before = t.maybe(
    query
      .select({ id: stored_files.id, kind: stored_files.kind, key: stored_files.key })
      .from(stored_files)
      .innerJoin(users, eq(users.photo_id, stored_files.id))
      .where(me),
  );
  t.effect(query.update(users).set({ photo_id }).where(me));
  return () => ({ before, profile: t.one(selectProfile(ctx)) });
}

/** How many photos of themselves somebody may upload within 24 hours of the first: each takes two of the month's transformations. */
const MOST_A_DAY = 20;

/**
 * Counts an upload before it costs anything. 429 after too many. In no log: when somebody's photo changed can out them, and the
 * file itself goes when it is replaced.
 */
function countUpload(t: Plan, ctx: SignedInContext): void {
  const me = eq(users.id, ctx.user_id);
  const countIsRecent = sql`coalesce(${users.photo_uploads_since} > now() - interval '1 day', false)`;
  lockPerson(t, ctx.user_id);
  t.guard(
    sql`exists (select from ${users} where ${me} and not (${countIsRecent} and ${users.photo_uploads} >= ${MOST_A_DAY}))`,
    429,
    "too_many_photos",
    `You have uploaded ${MOST_A_DAY} photos of yourself within a day. Please try again tomorrow.`,
  );
  t.effect(
    query
      .update(users)
      .set({
        photo_uploads: sql`case when ${countIsRecent} then ${users.photo_uploads} else 0 end + 1`,
        photo_uploads_since: sql`case when ${countIsRecent} then ${users.photo_uploads_since} else now() end`,
      })
      .where(me),
  );
}

/** Replaces my photo. If anything fails, the old one stays. 429 after too many in a day. See {@link storeImage}. */
export async function uploadPhoto(ctx: SignedInContext, upload: Upload): Promise<MyProfile> {
  const { before, profile } = await storeImage(
    ctx,
    "profile_photo",
    upload,
    (t, photo_id) => {
      lockPerson(t, ctx.user_id);
      return replacePhoto(t, ctx, photo_id);
    },
    (t) => countUpload(t, ctx),
  );
  if (before) await removeObjects(ctx, before);
  return withPhotoUrls(ctx, profile);
}

/** Removes my photo, if I have one. */
export async function deletePhoto(ctx: SignedInContext): Promise<MyProfile> {
  const { before, profile } = await ctx.transact((t) => {
    lockPerson(t, ctx.user_id);
    return replacePhoto(t, ctx, null)();
  });
  if (before) await removeObjects(ctx, before);
  ctx.afterwards(removeUnneededFiles);
  return withPhotoUrls(ctx, profile);
}
