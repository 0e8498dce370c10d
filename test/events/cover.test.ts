import { expect, test } from "vitest";
import type { ManagedEvent } from "../../src/events/admin/schemas.ts";
import type { Event } from "../../src/events/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { failDatabase } from "../harness/faults.ts";
import { anyColor, galleryPhoto, uploadTo } from "../harness/gallery.ts";
import { untilBlocked, untilBlockedBy } from "../harness/locks.ts";
import { person, volunteer } from "../harness/people.ts";
import { picture, see } from "../harness/photos.ts";
import { database, sql } from "../harness/platform.ts";

const { token } = await volunteer("events.edit");
const editor = { token };

const uploadCover = async (event_id: string, scope = "") =>
  call<ManagedEvent>("POST", `/api/admin/events/${event_id}/cover${scope}`, {
    ...editor,
    body: await picture(anyColor()),
    headers: { "Content-Type": "image/png" },
  });

const choose = (event_id: string, photo_id: string, scope = "") =>
  call<ManagedEvent & { code?: string }>("PUT", `/api/admin/events/${event_id}/cover${scope}`, {
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

/** A photo that is the cover of its event. */
async function photoOnCover() {
  const photo = await galleryPhoto();
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  expect((await choose(photo.event_id, photo.id)).status).toBe(200);
  return photo;
}

const WAYS = ["taking a photo down", "deleting it", "withdrawing consent"] as const;

async function removeCover(how: (typeof WAYS)[number], id: string): Promise<number> {
  const { token } = await volunteer("gallery.edit", "gallery.delete");
  const path = `/api/admin/gallery/${id}`;
  if (how === "deleting it") return (await call("DELETE", path, { token })).status;
  if (how === "withdrawing consent") return (await call("PUT", path, { token, body: { consent: false } })).status;
  return (await call("POST", `/api/gallery/${id}/takedown`, { token })).status;
}

test.for(WAYS.flatMap((how) => (["duplicate", "repeat"] as const).map((copying) => [how, copying] as const)))(
  "%s removes its cover from copies that are being made (%s)",
  async ([how, copying]) => {
    const { id, event_id } = await photoOnCover();
    const copier = await volunteer("events.create", "events.publish");
    const body = copying === "duplicate" ? { start_at: new Date().toISOString() } : { rrule: "FREQ=WEEKLY;COUNT=2" };
    const holder = await database.connect();
    try {
      // The copies name the volunteer who makes them, so they wait for this.
      await holder.query("begin");
      await holder.query("select from users where id = $1 for update", [copier.id]);
      const copied = call("POST", `/api/admin/events/${event_id}/${copying}`, { token: copier.token, body });
      const copying_session = await untilBlocked(holder);
      const removed = removeCover(how, id);
      await untilBlockedBy(copying_session);
      await holder.query("commit");
      expect([(await copied).status, await removed]).toEqual([201, 200]);
    } finally {
      holder.release(true);
    }
    const covers = "select cover_id from events where id = $1 or created_by = $2";
    expect(await sql(covers, [event_id, copier.id])).toEqual([{ cover_id: null }, { cover_id: null }]);
  },
);

test.for(WAYS)("%s removes the cover that is being made of it", async (how) => {
  const [first = "", second = ""] = await series(2);
  const photo = (await uploadTo(first)).body;
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  const holder = await database.connect();
  try {
    // Only the second round trip, which makes it the cover, locks the events that follow.
    await holder.query("begin");
    await holder.query("select from events where id = $1 for update", [second]);
    const chosen = choose(first, photo.id, "?series=following");
    const choosing = await untilBlocked(holder);
    const removed = removeCover(how, photo.id);
    await Promise.race([removed, untilBlockedBy(choosing)]);
    await holder.query("commit");
    expect([(await chosen).status, await removed]).toEqual([200, 200]);
  } finally {
    holder.release(true);
  }
  const covers = "select cover_id from events where id = any($1)";
  expect(await sql(covers, [[first, second]])).toEqual([{ cover_id: null }, { cover_id: null }]);
});

test("choosing a cover changes nothing when the database's answer is lost, and can be tried again", async () => {
  const photo = await galleryPhoto();
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  await failDatabase({ mode: "after_commit", match: photo.id });
  expect(outcome(await choose(photo.event_id, photo.id))).toEqual([503, "database_unavailable"]);
  expect((await coverOf(photo.event_id)).cover_url).toBeNull();
  expect((await choose(photo.event_id, photo.id)).status).toBe(200);
});

test("a copy of an event shares its cover, which is deleted with the last of them", async () => {
  const event_id = await event();
  const { cover_url } = (await uploadCover(event_id)).body;
  const { token } = await volunteer("events.create", "events.delete");
  const copy = await call<ManagedEvent>("POST", `/api/admin/events/${event_id}/duplicate`, {
    token,
    body: { start_at: new Date().toISOString() },
  });
  expect([copy.status, copy.body.cover_url]).toEqual([201, cover_url]);
  const stored = () => sql("select id from stored_files where key = $1 and status = 'stored'", [keyOf(cover_url)]);
  expect((await call("DELETE", `/api/admin/events/${event_id}`, { token })).status).toBe(200);
  expect(await stored()).toHaveLength(1);
  expect((await see(cover_url)).status).toBe(200);
  expect((await call("DELETE", `/api/admin/events/${copy.body.id}`, { token })).status).toBe(200);
  expect(await stored()).toEqual([]);
});

test("those who remove a shared cover from its events at the same moment leave nothing behind", async () => {
  for (let round = 0; round < 5; round += 1) {
    const ids = await series(4);
    const shared = (await uploadCover(ids[0] ?? "", "?series=following")).body.cover_url;
    await Promise.all(ids.map((id) => call("DELETE", `/api/admin/events/${id}/cover`, editor)));
    expect(await sql("select id from stored_files where key = $1 and status = 'stored'", [keyOf(shared)])).toEqual([]);
  }
});

/** A weekly series of so many events. */
async function series(count: number): Promise<string[]> {
  const { token } = await volunteer("events.create", "events.publish");
  const { body } = await call<{ events: { id: string }[] }>("POST", `/api/admin/events/${await event()}/repeat`, {
    token,
    body: { rrule: `FREQ=WEEKLY;COUNT=${count}` },
  });
  return body.events.map(({ id }) => id);
}

test("this event of a series and those that follow get, show and lose one cover", async () => {
  const ids = await series(3);
  const [first = "", second = "", third = ""] = ids;
  const covers = async () => Promise.all(ids.map(async (id) => (await coverOf(id)).cover_url));
  const { cover_url } = (await uploadCover(second, "?series=following")).body;
  expect(await covers()).toEqual([null, cover_url, cover_url]);
  const alone = (await uploadCover(third)).body.cover_url;
  expect(await covers()).toEqual([null, cover_url, alone]);
  const photo = (await uploadTo(first)).body;
  await sql("update event_galleries set consent = true where id = $1", [photo.id]);
  const chosen = await choose(first, photo.id, "?series=following");
  expect(await covers()).toEqual([chosen.body.cover_url, chosen.body.cover_url, chosen.body.cover_url]);
  for (const gone of [cover_url, alone]) await expect.poll(async () => (await see(gone)).status).toBe(404);
  expect((await call("DELETE", `/api/admin/events/${second}/cover`, editor)).status).toBe(200);
  expect(await covers()).toEqual([chosen.body.cover_url, null, chosen.body.cover_url]);
  await call("POST", `/api/gallery/${photo.id}/takedown`, { token: (await person()).token });
  expect(await covers()).toEqual([null, null, null]);
  await expect.poll(async () => (await see(chosen.body.cover_url)).status).toBe(404);
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
