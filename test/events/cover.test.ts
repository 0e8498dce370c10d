import { expect, test } from "vitest";
import type { ManagedEvent } from "../../src/events/admin/schemas.ts";
import type { Event } from "../../src/events/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor, galleryPhoto } from "../harness/gallery.ts";
import { person, volunteer } from "../harness/people.ts";
import { picture, see } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";

const { token } = await volunteer("events.edit");
const editor = { token };

const uploadCover = async (event_id: string, image?: Uint8Array<ArrayBuffer>) =>
  call<ManagedEvent>("POST", `/api/admin/events/${event_id}/cover`, {
    ...editor,
    body: image ?? (await picture(anyColor())),
    headers: { "Content-Type": "image/png" },
  });

const choose = (event_id: string, photo_id: string) =>
  call<ManagedEvent & { code?: string }>("PUT", `/api/admin/events/${event_id}/cover`, {
    ...editor,
    body: { photo_id },
  });

const coverOf = async (event_id: string) => (await get<Event>(`/api/events/${event_id}`)).body;

test("everybody sees an event's cover, and the next one takes its place", async () => {
  const event_id = await event();
  expect(await coverOf(event_id)).toMatchObject({ cover_url: null, cover_thumbnail_url: null });
  const first = await uploadCover(event_id);
  expect(first.status).toBe(200);
  const { cover_url, cover_thumbnail_url } = await coverOf(event_id);
  expect(cover_url).toBe(first.body.cover_url);
  for (const link of [cover_url, cover_thumbnail_url]) expect((await see(link)).status).toBe(200);
  const second = await uploadCover(event_id);
  expect(second.body.cover_url).not.toBe(cover_url);
  await expect.poll(async () => (await see(cover_url)).status).toBe(404);
  const removed = await call<ManagedEvent>("DELETE", `/api/admin/events/${event_id}/cover`, editor);
  expect([removed.status, removed.body.cover_url]).toEqual([200, null]);
  await expect.poll(async () => (await see(second.body.cover_url)).status).toBe(404);
});

test("a photo of the event becomes its cover if those who are in it agreed", async () => {
  const photo = await galleryPhoto();
  expect(outcome(await choose(photo.event_id, photo.id))).toEqual([409, "photo_not_public"]);
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  expect(outcome(await choose(await event(), photo.id))).toEqual([404, "photo_not_found"]);
  const { status, body } = await choose(photo.event_id, photo.id);
  expect(status).toBe(200);
  expect((await see(body.cover_url)).bytes).toEqual((await see(photo.url)).bytes);
});

test("taking a photo down removes the cover that was made of it", async () => {
  const photo = await galleryPhoto();
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  const { cover_url } = (await choose(photo.event_id, photo.id)).body;
  const other = await uploadCover(await event());
  await call("POST", `/api/gallery/${photo.id}/takedown`, { token: (await person()).token });
  expect((await coverOf(photo.event_id)).cover_url).toBeNull();
  await expect.poll(async () => (await see(cover_url)).status).toBe(404);
  expect((await see(other.body.cover_url)).status).toBe(200);
});

test.for(["withdrawing consent", "deleting the photo"])("%s removes the cover that was made of it", async (how) => {
  const photo = await galleryPhoto();
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  const { cover_url } = (await choose(photo.event_id, photo.id)).body;
  const { token } = await volunteer("gallery.edit", "gallery.delete");
  const path = `/api/admin/gallery/${photo.id}`;
  const { status } =
    how === "deleting the photo"
      ? await call("DELETE", path, { token })
      : await call("PUT", path, { token, body: { consent: false } });
  expect([status, (await coverOf(photo.event_id)).cover_url]).toEqual([200, null]);
  await expect.poll(async () => (await see(cover_url)).status).toBe(404);
});

test("a copy of an event has no cover, and deleting an event deletes its cover", async () => {
  const event_id = await event();
  const { cover_url } = (await uploadCover(event_id)).body;
  const volunteers = await volunteer("events.create", "events.delete");
  const copy = await call<ManagedEvent>("POST", `/api/admin/events/${event_id}/duplicate`, {
    token: volunteers.token,
    body: { start_at: new Date().toISOString() },
  });
  expect([copy.status, copy.body.cover_url]).toEqual([201, null]);
  expect((await call("DELETE", `/api/admin/events/${event_id}`, { token: volunteers.token })).status).toBe(200);
  expect(await sql("select id from stored_files where key = $1 and status = 'stored'", [keyOf(cover_url)])).toEqual([]);
});

const keyOf = (url: string | null) => /(event_cover\/[\w-]+)\//.exec(url ?? "")?.[1] ?? "";

test("a cover is refused for other volunteers, and for an event that is not there", async () => {
  const event_id = await event();
  for (const [method, body] of [
    ["PUT", { photo_id: event_id }],
    ["DELETE", undefined],
  ] as const) {
    const { status } = await call(method, `/api/admin/events/${event_id}/cover`, {
      token: (await volunteer("gallery.edit")).token,
      ...(body && { body }),
    });
    expect(status).toBe(403);
  }
  expect(outcome(await uploadCover(crypto.randomUUID()))).toEqual([404, "event_not_found"]);
});
