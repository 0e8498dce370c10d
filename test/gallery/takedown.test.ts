import { expect, test } from "vitest";
import type { AuditEntry } from "../../src/audit/schemas.ts";
import type { Takedown } from "../../src/gallery/my-takedowns.ts";
import type { GalleryPhoto, ManagedPhoto, UploadedPhotos } from "../../src/gallery/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor, galleryPhoto, guestOf, offerTo, uploadTo } from "../harness/gallery.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { formOf, picture, see } from "../harness/photos.ts";
import { insert, sql } from "../harness/platform.ts";

const takeDown = (id: string, token: string) => call("POST", `/api/gallery/${id}/takedown`, { token });
const takeBack = (id: string, token: string) => call("DELETE", `/api/gallery/${id}/takedown`, { token });
const GONE = { event_id: null, event_title: null, caption: null, taken_at: null };
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
  expect(outcome(await uploadTo(event_id, image))).toEqual([409, "photo_taken_down"]);
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
  expect(outcome(await takeBack(photo.id, other.token))).toEqual([403, "not_the_asker"]);
  for (const _ of [1, 2]) expect((await takeBack(photo.id, asker.token)).status).toBe(200);
  const { body } = await get<Page<GalleryPhoto>>(`/api/events/${photo.event_id}/gallery`, { token: asker.token });
  expect(await statusOf(linksOf(body.items[0] ?? { url: null, thumbnail_url: null }))).toEqual([200, 200]);
});

test("a photo that two people took down is hidden, here and at another event, until both take that back", async () => {
  const [event_id, image] = [await event(), await picture(anyColor())];
  const here = (await uploadTo(event_id, image)).body;
  const there = (await uploadTo(await event(), image)).body;
  const [first, second] = [await person(), await person()];
  for (const { token } of [first, second, second]) expect((await takeDown(here.id, token)).status).toBe(200);
  const links = [...linksOf(here), ...linksOf(there)];
  expect((await takeBack(here.id, first.token)).body).toEqual({
    message: "Somebody else also asked to take this photo down, so it stays hidden.",
  });
  expect(
    await sql("select distinct takedown_by from event_galleries where id = any($1)", [[here.id, there.id]]),
  ).toEqual([{ takedown_by: second.id }]);
  expect(await statusOf(links)).toEqual([404, 404, 404, 404]);
  expect(outcome(await uploadTo(event_id, image))).toEqual([409, "photo_taken_down"]);
  expect(outcome(await takeBack(here.id, first.token))).toEqual([403, "not_the_asker"]);
  expect((await takeBack(there.id, second.token)).body).toEqual({ message: "The photo is shown again." });
  expect(await statusOf(links)).toEqual([200, 200, 200, 200]);
  expect(await sql("select from photo_takedowns where photo_id = any($1)", [[here.id, there.id]])).toEqual([]);
});

test("a photo of the old platform whose bytes nobody knows is hidden until everybody who asked takes that back", async () => {
  const photo = await insert("event_galleries", { event_id: await event(), image_key: crypto.randomUUID() });
  const [first, second] = [await person(), await person()];
  for (const { token } of [first, second]) expect((await takeDown(photo.id, token)).status).toBe(200);
  const { body } = await get<Page<Takedown>>("/api/gallery/takedowns", { token: first.token });
  expect(body.items).toMatchObject([{ photo_id: photo.id }]);
  const isHidden = async () =>
    (await sql("select from event_galleries where id = $1 and takedown_at is not null", [photo.id])).length === 1;
  expect((await takeBack(photo.id, first.token)).status).toBe(200);
  expect(await isHidden()).toBe(true);
  expect((await takeBack(photo.id, second.token)).body).toEqual({ message: "The photo is shown again." });
  expect(await isHidden()).toBe(false);
  expect(await sql("select from photo_takedowns where photo_id = $1", [photo.id])).toEqual([]);
});

test("a photo stays hidden when one who asked takes that back, and another was erased since", async () => {
  const photo = await galleryPhoto();
  const [first, erased] = [await person(), await person()];
  for (const { token } of [first, erased]) await takeDown(photo.id, token);
  await sql("update photo_takedowns set asked_by = null where asked_by = $1", [erased.id]);
  expect((await takeBack(photo.id, first.token)).status).toBe(200);
  expect(await statusOf(linksOf(photo))).toEqual([404, 404]);
});

test("the audit log does not say who took a photo down, nor whose request removed a cover made of it", async () => {
  const [event_id, image] = [await event(), await picture(anyColor())];
  const photo = (await uploadTo(event_id, image)).body;
  await uploadCover(event_id, image);
  const asker = await person();
  await takeDown(photo.id, asker.token);
  const { token } = await volunteer("settings.audit");
  const removed = await get<Page<AuditEntry>>(`/api/admin/audit-log?subject_id=${event_id}&limit=1`, { token });
  expect(removed.body.items).toMatchObject([{ actor_id: null, changes: { cover_id: [expect.anything(), null] } }]);
  await takeBack(photo.id, asker.token);
  await takeDown(photo.id, asker.token);
  await deletePhoto(photo.id);
  const log = await get(`/api/admin/audit-log?subject_id=${photo.id}`, { token });
  expect(log.text).toContain("delete");
  expect(log.text).not.toContain("takedown");
  for (const text of [removed.text, log.text]) expect(text).not.toContain(asker.id);
});

const deletePhoto = async (id: string) =>
  call("DELETE", `/api/admin/gallery/${id}`, { token: (await volunteer("gallery.delete")).token });

const uploadCover = async (event_id: string, body: Uint8Array<ArrayBuffer>) =>
  call("POST", `/api/admin/events/${event_id}/cover`, {
    token: (await volunteer("events.edit")).token,
    body,
    headers: { "Content-Type": "image/png" },
  });

test("the same file comes back at no event, as no cover, and not once the photo is deleted, until the asker agrees", async () => {
  const [event_id, other, image] = [await event(), await event(), await picture(anyColor())];
  const { id } = (await uploadTo(event_id, image)).body;
  const asker = await person();
  await takeDown(id, asker.token);
  const [file] = await sql<{ file_id: string }>("select file_id from event_galleries where id = $1", [id]);
  expect((await deletePhoto(id)).status).toBe(200);
  await expect.poll(() => sql("select from stored_files where id = $1", [file?.file_id])).toEqual([]);
  const refused = [409, "photo_taken_down"];
  for (const where of [event_id, other]) {
    expect(outcome(await uploadTo(where, image))).toEqual(refused);
    expect(outcome(await uploadCover(where, image))).toEqual(refused);
    expect(outcome(await offerTo(where, await guestOf(where), image))).toEqual(refused);
  }
  const { token } = await volunteer("gallery.upload");
  const fresh = await picture(anyColor());
  const batch = await call<UploadedPhotos>("POST", `/api/admin/events/${event_id}/gallery/batch`, {
    token,
    ...formOf([
      ["file", image],
      ["file", fresh],
    ]),
  });
  expect(batch.body.results.map(({ error }) => error?.code)).toEqual(["photo_taken_down", undefined]);
  expect(outcome(await takeBack(id, token))).toEqual([403, "not_the_asker"]);
  expect((await takeBack(id, asker.token)).body).toEqual({ message: "This photo may be uploaded again." });
  expect((await uploadTo(other, image)).status).toBe(200);
  expect((await uploadCover(other, image)).status).toBe(200);
});

test("taking a photo down hides the same file at other events and as a cover, and taking that back shows it", async () => {
  const [event_id, other, image] = [await event(), await event(), await picture(anyColor())];
  const here = (await uploadTo(event_id, image)).body;
  const there = (await uploadTo(other, image)).body;
  await uploadCover(other, image);
  const asker = await person();
  await takeDown(here.id, asker.token);
  expect(await statusOf(linksOf(there))).toEqual([404, 404]);
  expect(await sql("select cover_id from events where id = $1", [other])).toEqual([{ cover_id: null }]);
  expect(outcome(await takeBack(there.id, (await person()).token))).toEqual([403, "not_the_asker"]);
  await takeBack(there.id, asker.token);
  expect(await statusOf([...linksOf(here), ...linksOf(there)])).toEqual([200, 200, 200, 200]);
});

test("a photo that is taken down while the same file is uploaded elsewhere is shown nowhere", async () => {
  const image = await picture(anyColor());
  const { id } = (await uploadTo(await event(), image)).body;
  const others = await Promise.all(Array.from({ length: 4 }, () => event()));
  const { token } = await person();
  await Promise.all([...others.map((other) => uploadTo(other, image)), takeDown(id, token)]);
  for (const other of others) {
    const { body } = await get<Page<GalleryPhoto>>(`/api/events/${other}/gallery`, { token });
    expect(body.items).toEqual([]);
  }
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

test("people find what they took down, and nothing that others did, until they take it back", async () => {
  const [first, deleted, back] = [await galleryPhoto({ title: "Picnic" }), await galleryPhoto(), await galleryPhoto()];
  const asker = await person("pending_email");
  for (const { id } of [first, deleted, back]) await takeDown(id, asker.token);
  await takeDown((await galleryPhoto()).id, (await person()).token);
  await deletePhoto(deleted.id);
  await takeBack(back.id, asker.token);
  const pages: Page<Takedown>[] = [];
  for (let cursor = ""; cursor !== "&cursor=null"; cursor = `&cursor=${pages.at(-1)?.next_cursor}`)
    pages.push((await get<Page<Takedown>>(`/api/gallery/takedowns?limit=1${cursor}`, { token: asker.token })).body);
  expect(pages.flatMap(({ items }) => items)).toEqual([
    { photo_id: deleted.id, ...GONE, takedown_at: expect.any(String) },
    { ...GONE, photo_id: first.id, event_id: first.event_id, event_title: "Picnic", takedown_at: expect.any(String) },
  ]);
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
