import { eq } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Upload } from "../../http/upload.ts";
import { lockPerson } from "../../people/person.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { removeUnneededFiles } from "../../storage/remove.ts";
import { storeImage } from "../../storage/store-image.ts";
import { users } from "../../tables/people.ts";
import { selectProfile } from "./profile.ts";
import type { MyProfile } from "./schemas.ts";

/** The photo that `photo_id` pointed to is marked as deleted by a trigger on `users`. */
const setPhoto = ({ user_id }: SignedInContext, photo_id: string | null) =>
  query.update(users).set({ photo_id }).where(eq(users.id, user_id));

/** Replaces my photo. If anything fails, the old one stays. See {@link storeImage}. */
export async function uploadPhoto(ctx: SignedInContext, upload: Upload): Promise<MyProfile> {
  const profile = await storeImage(ctx, "profile_photo", upload, (t, photo_id) => {
    lockPerson(t, ctx.user_id);
    t.effect(setPhoto(ctx, photo_id));
    return t.one(selectProfile(ctx));
  });
  return withPhotoUrls(ctx, profile);
}

/** Removes my photo, if I have one. */
export async function deletePhoto(ctx: SignedInContext): Promise<MyProfile> {
  const profile = await ctx.transact((t) => {
    t.effect(setPhoto(ctx, null));
    return t.one(selectProfile(ctx));
  });
  ctx.afterwards(removeUnneededFiles);
  return withPhotoUrls(ctx, profile);
}
