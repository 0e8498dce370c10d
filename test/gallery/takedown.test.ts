import { expect, test } from "vitest";
import type { GalleryPhoto, ManagedPhoto } from "../../src/gallery/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor, galleryPhoto, guestOf, offerTo, uploadTo } from "../harness/gallery.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { picture, see } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";

const takeDown = (id: string, token: string) => call("POST", `/api/gallery/${id}/takedown`, { token });
const takeBack = (id: string, token: string) => call("DELETE", `/api/gallery/${id}/takedown`, { token });
const linksOf = ({ url, thumbnail_url }: Pick<GalleryPhoto, "url" | "thumbnail_url">) => [url, thumbnail_url];
const statusOf = async (links: (string | null)[]) => Promise.all(links.map(async (link) => (await see(link)).status));

test("whoever asks takes a photo down: it is in no list, and links that are out lead nowhere at once", async () => {
  const photo = await galleryPhoto();
  const links = linksOf(photo);
  expect(await statusOf(links)).toEqual([200, 200]);
  // Somebody who applies may have been at the event, and in the picture.
  const shown = await person("pending_validation");
  expect((await takeDown(photo.id, shown.token)).status).toBe(200);
  expect(await statusOf(links)).toEqual([404, 404]);
  const member = await person();
  for (const path of [`/api/events/${photo.event_id}/gallery`, "/api/gallery?limit=100"]) {
    const { body } = await get<Page<GalleryPhoto>>(path, { token: member.token });
    expect(body.items.map(({ id }) => id)).not.toContain(photo.id);
  }
  const { token } = await volunteer("gallery.view");
  const { body } = await get<Page<ManagedPhoto>>(`/api/admin/gallery?event_id=${photo.event_id}`, { token });
  expect(body.items).toMatchObject([{ id: photo.id, url: null, thumbnail_url: null }]);
  expect(JSON.stringify(body)).not.toContain(shown.id);
  // The same upload does not bring it back.
  expect((await takeDown(photo.id, (await person()).token)).status).toBe(200);
});

test("uploading, turning or editing a photo that is taken down does not bring it back", async () => {
  const [event_id, image] = [await event(), await picture(anyColor())];
  const { id } = (await uploadTo(event_id, image)).body;
  await takeDown(id, (await person()).token);
  expect((await uploadTo(event_id, image)).body).toMatchObject({ id, url: null });
  const { token } = await volunteer("gallery.edit", "events.edit");
  const turned = await call("POST", `/api/admin/gallery/${id}/rotate`, { token, body: { clockwise: 90 } });
  expect(outcome(turned)).toEqual([409, "photo_taken_down"]);
  const body = { accepted: true, consent: true, visibility: "public" };
  expect((await call("PUT", `/api/admin/gallery/${id}`, { token, body })).body).toMatchObject({ url: null });
  const cover = await call("PUT", `/api/admin/events/${event_id}/cover`, { token, body: { photo_id: id } });
  expect(outcome(cover)).toEqual([409, "photo_not_public"]);
  expect((await get<Page<GalleryPhoto>>(`/api/events/${event_id}/gallery`)).body.items).toEqual([]);
});

test("only whoever asked can take it back, and then the photo is as before", async () => {
  const photo = await galleryPhoto();
  const [asker, other] = [await person(), await volunteer("gallery.edit", "gallery.delete", "gallery.view")];
  await takeDown(photo.id, asker.token);
  // Somebody who asks later does not become the asker.
  await takeDown(photo.id, other.token);
  expect(outcome(await takeBack(photo.id, other.token))).toEqual([403, "not_the_asker"]);
  for (const _ of [1, 2]) expect((await takeBack(photo.id, asker.token)).status).toBe(200);
  const { body } = await get<Page<GalleryPhoto>>(`/api/events/${photo.event_id}/gallery`, { token: asker.token });
  expect(await statusOf(linksOf(body.items[0] ?? { url: null, thumbnail_url: null }))).toEqual([200, 200]);
});

test("holders of gallery.edit are told once, and the subject says nothing", async () => {
  const [editor, viewer] = [await volunteer("gallery.edit"), await volunteer("gallery.view")];
  const photo = await galleryPhoto({ title: "Secret picnic" });
  for (const _ of [1, 2]) await takeDown(photo.id, (await person()).token);
  const mails = await sql<{ to_email: string }>(
    "select to_email from emails where template = 'photo_taken_down' and data ->> 'event_title' = 'Secret picnic'",
  );
  expect(mails.map(({ to_email }) => to_email)).toContain(editor.email);
  expect(mails.filter(({ to_email }) => to_email === editor.email)).toHaveLength(1);
  expect(mails.map(({ to_email }) => to_email)).not.toContain(viewer.email);
});

test("a photo that waits can be taken down by whoever offered it, and is not there for others", async () => {
  const event_id = await event();
  const guest = await guestOf(event_id);
  const { body } = await offerTo(event_id, guest);
  expect(outcome(await takeDown(body.id, (await person()).token))).toEqual([404, "photo_not_found"]);
  expect((await takeDown(body.id, guest.token)).status).toBe(200);
  expect(await statusOf(linksOf(body))).toEqual([404, 404]);
});

test("deleting a photo that is taken down deletes what was hidden", async () => {
  const photo = await galleryPhoto();
  await takeDown(photo.id, (await person()).token);
  const { token } = await volunteer("gallery.delete");
  expect((await call("DELETE", `/api/admin/gallery/${photo.id}`, { token })).status).toBe(200);
  await expect
    .poll(() => sql("select id from stored_files where kind = 'event_photo' and status = 'deleted'"))
    .toEqual([]);
});
