import { eq } from "drizzle-orm";
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

/** Replaces my photo. If anything fails, the old one stays. See {@link storeImage}. */
export async function uploadPhoto(ctx: SignedInContext, upload: Upload): Promise<MyProfile> {
  const { before, profile } = await storeImage(ctx, "profile_photo", upload, (t, photo_id) => {
    lockPerson(t, ctx.user_id);
    return replacePhoto(t, ctx, photo_id);
  });
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
