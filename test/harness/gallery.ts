import type { GalleryPhoto, ManagedPhoto } from "../../src/gallery/schemas.ts";
import { type Answer, call } from "./client.ts";
import { event } from "./events.ts";
import { type Person, person, volunteer } from "./people.ts";
import { picture } from "./photos.ts";
import { insert } from "./platform.ts";

type Body<Photo> = Photo & { code?: string };

/** Uploads an image of an event as a volunteer. */
export const uploadTo = async (
  event_id: string,
  image?: Uint8Array<ArrayBuffer>,
  token?: string,
): Promise<Answer<Body<ManagedPhoto>>> =>
  call<Body<ManagedPhoto>>("POST", `/api/admin/events/${event_id}/gallery`, {
    token: token ?? (await volunteer("gallery.upload")).token,
    body: image ?? (await picture(anyColor())),
    headers: { "Content-Type": "image/png" },
  });

/** Offers an image of an event. */
export const offerTo = async (
  event_id: string,
  { token }: Pick<Person, "token">,
  image?: Uint8Array<ArrayBuffer>,
): Promise<Answer<Body<GalleryPhoto>>> =>
  call<Body<GalleryPhoto>>("POST", `/api/events/${event_id}/gallery`, {
    token,
    body: image ?? (await picture(anyColor())),
    headers: { "Content-Type": "image/png" },
  });

/** So that no two pictures are the same upload. */
export const anyColor = () =>
  `#${Math.floor(Math.random() * 0xffffff)
    .toString(16)
    .padStart(6, "0")}`;

/** A member who said yes to an event. */
export async function guestOf(event_id: string, rsvp_status = "yes"): Promise<Person> {
  const guest = await person();
  await insert("event_rsvps", { event_id, user_id: guest.id, rsvp_status });
  return guest;
}

/** A photo of a new event. */
export async function galleryPhoto(columns: Record<string, unknown> = {}): Promise<ManagedPhoto> {
  const { status, body } = await uploadTo(await event(columns));
  if (status !== 200) throw new Error(`The upload failed: ${status}`);
  return body;
}
