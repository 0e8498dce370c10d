import { expect, test } from "vitest";
import type { GalleryPhoto, ManagedPhoto } from "../../src/gallery/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor, galleryPhoto, uploadTo } from "../harness/gallery.ts";
import { bytesOf, halves } from "../harness/images.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { objectsIn, picture, see } from "../harness/photos.ts";
import { sql, worker } from "../harness/platform.ts";

const galleryOf = async (event_id: string, token?: string) =>
  get<Page<GalleryPhoto>>(`/api/events/${event_id}/gallery`, token ? { token } : {});

const objectsOf = async (id: string): Promise<string[]> => {
  const [file] = await sql<{ key: string }>(
    "select key from stored_files f join event_galleries g on g.file_id = f.id where g.id = $1",
    [id],
  );
  const stored = [...(await objectsIn(await worker.bucket("PHOTOS"))).keys()];
  return file ? stored.filter((key) => key.startsWith(file.key)) : [];
};

/** A JPEG whose camera wrote when it was taken. */
const takenAt = async (time: string, offset?: string) =>
  bytesOf(
    await halves()
      .jpeg()
      .withExif({ IFD2: { DateTimeOriginal: time, ...(offset && { OffsetTimeOriginal: offset }) } })
      .toBuffer(),
  );

test("a volunteer uploads a photo, and members see it by a link that works", async () => {
  const { token, id: uploaded_by } = await volunteer("gallery.upload");
  const event_id = await event();
  const { status, body } = await uploadTo(event_id, undefined, token);
  expect(status).toBe(200);
  expect(body).toMatchObject({ event_id, event_title: "Picnic", visibility: "members", uploaded_by, taken_at: null });
  const member = await person();
  const listed = await galleryOf(event_id, member.token);
  expect(listed.body.items.map(({ id }) => id)).toEqual([body.id]);
  const seen = await Promise.all([body.url, body.thumbnail_url].map((link) => see(link)));
  expect(seen.map(({ status }) => status)).toEqual([200, 200]);
  expect(body.size_bytes).toBe(seen.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const all = await get<Page<GalleryPhoto>>("/api/gallery?limit=100", { token: member.token });
  expect(all.body.items.map(({ id }) => id)).toContain(body.id);
});

test("the same bytes again are the same photo, also at the same time, and another event's are not", async () => {
  const [event_id, other] = [await event(), await event()];
  const image = await picture(anyColor());
  const answers = await Promise.all([1, 2, 3].map(() => uploadTo(event_id, image)));
  const first = answers[0]?.body.id;
  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(answers.map(() => [200, first]));
  expect((await uploadTo(event_id, image)).body.id).toBe(first);
  expect((await uploadTo(other, image)).body.id).not.toBe(first);
  expect((await uploadTo(event_id, await picture(anyColor()))).body.id).not.toBe(first);
  const [count] = await sql(
    "select count(*)::int as stored from stored_files where status = 'stored' and sha256 in (select sha256 from stored_files f join event_galleries g on g.file_id = f.id where g.id = $1)",
    [first],
  );
  expect(count).toEqual({ stored: 2 });
});

test("photos are in the order that volunteers chose, then by the time that the camera wrote down where the event was", async () => {
  const event_id = await event({ time_zone: "America/New_York" });
  const late = await uploadTo(event_id, await takenAt("2026:05:03 18:30:00"));
  const early = await uploadTo(event_id, await takenAt("2026:05:03 18:30:00", "+02:00"));
  const nonsense = await uploadTo(event_id, await takenAt("2026:02:30 18:30:00"));
  const future = await uploadTo(event_id, await takenAt("2099:01:01 18:30:00"));
  expect(late.body.taken_at).toBe("2026-05-03T22:30:00.000Z");
  expect(early.body.taken_at).toBe("2026-05-03T16:30:00.000Z");
  expect([nonsense.body.taken_at, future.body.taken_at]).toEqual([null, null]);
  const { token } = await person();
  const ids = async () => (await galleryOf(event_id, token)).body.items.map(({ id }) => id);
  const byTime = [early, late, nonsense, future].map(({ body }) => body.id);
  expect(await ids()).toEqual(byTime);

  const editor = await volunteer("gallery.edit");
  const order = (list: unknown[], token = editor.token) =>
    call("PUT", `/api/admin/events/${event_id}/gallery/order`, { token, body: { ids: list } });
  expect((await order([nonsense.body.id, late.body.id])).status).toBe(200);
  expect(await ids()).toEqual([nonsense, late, early, future].map(({ body }) => body.id));
  for (const wrong of [[(await galleryPhoto()).id], [late.body.id, late.body.id]])
    expect((await order(wrong)).status).toBe(400);
  expect((await order([late.body.id], (await volunteer("gallery.view")).token)).status).toBe(403);
});

test("strangers see only public photos of people who agreed, and none of a draft", async () => {
  const photo = await galleryPhoto();
  const { token } = await volunteer("gallery.edit");
  const edit = (body: object) => call("PUT", `/api/admin/gallery/${photo.id}`, { token, body });
  const strangers = [undefined, (await person("pre_validated")).token];
  const seen = async () =>
    Promise.all(strangers.map(async (each) => (await galleryOf(photo.event_id, each)).body.items.length));
  expect(await seen()).toEqual([0, 0]);
  await edit({ visibility: "public" });
  expect(await seen()).toEqual([0, 0]);
  await edit({ consent: true, caption: "By the lake" });
  expect(await seen()).toEqual([1, 1]);
  const [shown] = (await galleryOf(photo.event_id)).body.items;
  expect(shown).toMatchObject({ caption: "By the lake" });
  expect(Object.keys(shown ?? {})).not.toContain("uploaded_by");
  expect((await see(shown?.url ?? null)).status).toBe(200);
  await sql("update events set published = false where id = $1", [photo.event_id]);
  for (const each of [...strangers, (await person()).token])
    expect(outcome(await galleryOf(photo.event_id, each))).toEqual([404, "event_not_found"]);
  expect((await get("/api/gallery", { token: strangers[1] ?? "" })).status).toBe(403);
});

test("turning a photo gives it new links, and the old ones die", async () => {
  const event_id = await event();
  const image = bytesOf(await halves().png().toBuffer());
  const photo = (await uploadTo(event_id, image)).body;
  const { token } = await volunteer("gallery.edit");
  const turned = await call<ManagedPhoto>("POST", `/api/admin/gallery/${photo.id}/rotate`, {
    token,
    body: { clockwise: 90 },
  });
  expect([turned.status, photo.width, photo.height, turned.body.width, turned.body.height]).toEqual([
    200, 400, 200, 200, 400,
  ]);
  expect((await see(turned.body.url)).status).toBe(200);
  await expect.poll(async () => (await see(photo.url)).status).toBe(404);
  expect((await uploadTo(event_id, image)).body.id).toBe(photo.id);
  const wrong = await call("POST", `/api/admin/gallery/${photo.id}/rotate`, { token, body: { clockwise: 45 } });
  expect(wrong.status).toBe(400);
});

test("deleting a photo deletes its objects, and its links die", async () => {
  const photo = await galleryPhoto();
  const keys = await objectsOf(photo.id);
  expect(keys).toHaveLength(2);
  const erase = async (...permissions: Parameters<typeof volunteer>) =>
    call("DELETE", `/api/admin/gallery/${photo.id}`, { token: (await volunteer(...permissions)).token });
  expect((await erase("gallery.edit")).status).toBe(403);
  expect((await erase("gallery.delete")).status).toBe(200);
  const bucket = await worker.bucket("PHOTOS");
  await expect.poll(async () => (await Promise.all(keys.map((key) => bucket.head(key)))).filter(Boolean)).toEqual([]);
  expect((await see(photo.url)).status).toBe(404);
  expect((await erase("gallery.delete")).status).toBe(404);
});

test("an upload is refused for what is no photo, for other volunteers, and for an event that is not there", async () => {
  const event_id = await event();
  const text = new Uint8Array(Buffer.from("no photo"));
  expect(outcome(await uploadTo(event_id, text))).toEqual([415, "not_an_image"]);
  const { token } = await volunteer("gallery.edit", "gallery.view");
  expect((await uploadTo(event_id, await picture(), token)).status).toBe(403);
  expect(outcome(await uploadTo(crypto.randomUUID()))).toEqual([404, "event_not_found"]);
});

test("a photo for which the storage has no room is refused, and nothing stays", async () => {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer("gallery.upload");
  const event_id = await platform.insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: new Date(),
    end_at: new Date(Date.now() + 1000),
  });
  await platform.sql("update storage_usage set limit_bytes = used_bytes + 10");
  const answer = await platform.call("POST", `/api/admin/events/${event_id}/gallery`, {
    token,
    body: await picture(),
    headers: { "Content-Type": "image/png" },
  });
  expect(outcome(answer)).toEqual([413, "storage_full"]);
  expect(await platform.sql("select id from event_galleries")).toEqual([]);
  expect(await platform.sql("select id from stored_files")).toEqual([]);
});

test("the list of volunteers says what waits and what is hidden, of one event or of all", async () => {
  const photo = await galleryPhoto();
  const { token } = await volunteer("gallery.view");
  const list = async (filters: string) => {
    const path = `/api/admin/gallery?event_id=${photo.event_id}&${filters}`;
    const { body } = await get<Page<ManagedPhoto> & { total: number }>(path, { token });
    return body.total;
  };
  expect([await list(""), await list("offered=true"), await list("taken_down=true")]).toEqual([1, 0, 0]);
  const split = async () => [await list("offered=true"), await list("offered=false"), await list("taken_down=true")];
  await sql("update event_galleries set accepted_at = null where id = $1", [photo.id]);
  expect(await split()).toEqual([1, 0, 0]);
  await sql("update event_galleries set takedown_at = now() where id = $1", [photo.id]);
  expect(await split()).toEqual([0, 1, 1]);
  expect((await get("/api/admin/gallery", { token: (await person()).token })).status).toBe(403);
});
