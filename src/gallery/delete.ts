import { eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { event_galleries } from "../tables/gallery.ts";
import { removeCoversOf } from "./covers.ts";
import { lockPhoto } from "./lock.ts";

/** Deletes a photo, with its objects and a cover that was made of it. A trigger marks its file as deleted. 404 without such a photo. */
export async function deletePhotoOfEvent(ctx: SignedInContext, id: string): Promise<Message> {
  await ctx.transact((t) => {
    lockPhoto(t, id);
    removeCoversOf(t, id);
    t.effect(query.delete(event_galleries).where(eq(event_galleries.id, id)));
  });
  ctx.afterwards(removeUnneededFiles);
  return { message: "The photo was deleted." };
}
