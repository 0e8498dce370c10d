import { expect, test } from "vitest";
import type { GalleryPhoto, ManagedPhoto } from "../../src/gallery/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor, guestOf, offerTo, uploadTo } from "../harness/gallery.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { formOf, picture } from "../harness/photos.ts";
import { insert, sql } from "../harness/platform.ts";

const seenBy = async (event_id: string, token: string) =>
  (await get<Page<GalleryPhoto>>(`/api/events/${event_id}/gallery`, { token })).body.items.map(({ id }) => id);

test("a photo that a member offers is seen by nobody else until a volunteer accepts it", async () => {
  const event_id = await event();
  const guest = await guestOf(event_id);
  const offered = await offerTo(event_id, guest);
  expect(offered.body).toMatchObject({ accepted_at: null, event_id });
  const { token, id } = await volunteer("gallery.edit", "gallery.view");
  for (const reader of [guest.token, token]) expect(await seenBy(event_id, reader)).toEqual([]);
  const path = `/api/admin/gallery/${offered.body.id}`;
  const accepted = await call<ManagedPhoto>("PUT", path, { token, body: { accepted: true } });
  expect(accepted.body).toMatchObject({
    uploaded_by: guest.id,
    accepted_by: id,
    visibility: "members",
    consent: false,
  });
  expect(await seenBy(event_id, (await person()).token)).toEqual([offered.body.id]);
  // Accepting it again changes nothing.
  const other = await volunteer("gallery.edit");
  const again = await call<ManagedPhoto>("PUT", path, { token: other.token, body: { accepted: true } });
  expect(again.body).toMatchObject({ accepted_by: id, accepted_at: accepted.body.accepted_at });
  expect((await call("PUT", path, { token: other.token, body: { accepted: false } })).status).toBe(400);
});

test("a form says what is in a photo that a member offers, and nothing else", async () => {
  const event_id = await event();
  const guest = await guestOf(event_id);
  const offer = async (...fields: Parameters<typeof formOf>[0]) =>
    call<GalleryPhoto & { errors?: object[] }>("POST", `/api/events/${event_id}/gallery`, {
      token: guest.token,
      ...formOf(fields),
    });
  const image = await picture(anyColor());
  const offered = await offer(["caption", "By the lake"], ["file", image]);
  expect(offered.body).toMatchObject({ caption: "By the lake", accepted_at: null });
  // A volunteer who uploads it says it better.
  const { token } = await volunteer("gallery.upload");
  const accepted = await call<ManagedPhoto>("POST", `/api/admin/events/${event_id}/gallery`, {
    token,
    ...formOf([
      ["consent", "true"],
      ["file", image],
    ]),
  });
  expect(accepted.body).toMatchObject({ id: offered.body.id, caption: "By the lake", consent: true });
  const fresh = await picture(anyColor());
  expect((await offer(["consent", "true"], ["file", fresh])).body.errors).toEqual([
    { path: "consent", message: "is not a known field" },
  ]);
  expect((await offer(["file", fresh], ["caption", "Late"])).body.errors).toEqual([
    { path: "caption", message: "must come before the file" },
  ]);
  expect((await offer(["file", fresh], ["file", image])).body.errors).toEqual([
    { path: "file", message: "must be one file" },
  ]);
  expect(await sql("select from event_galleries where event_id = $1", [event_id])).toHaveLength(1);
});

test("only active members who said yes or came can offer photos, of a published event", async () => {
  const event_id = await event();
  for (const rsvp_status of ["no", "maybe", "waitlisted"])
    expect(outcome(await offerTo(event_id, await guestOf(event_id, rsvp_status)))).toEqual([403, "not_a_guest"]);
  expect(outcome(await offerTo(event_id, await person()))).toEqual([403, "not_a_guest"]);
  expect((await offerTo(event_id, await person("pre_validated"))).status).toBe(403);
  const walk_in = await person();
  await insert("event_rsvps", { event_id, user_id: walk_in.id, attended: true, attended_at: new Date() });
  expect((await offerTo(event_id, walk_in)).status).toBe(200);
  await sql("update events set published = false where id = $1", [event_id]);
  expect(outcome(await offerTo(event_id, walk_in))).toEqual([404, "event_not_found"]);
});

test("a photo that is there already is not offered again", async () => {
  const event_id = await event();
  const image = await picture(anyColor());
  const first = await uploadTo(event_id, image);
  const offered = await offerTo(event_id, await guestOf(event_id), image);
  expect([offered.status, offered.body.id]).toEqual([200, first.body.id]);
});

test("a volunteer who uploads a photo that a member offered accepts it", async () => {
  const [event_id, image] = [await event(), await picture(anyColor())];
  const guest = await guestOf(event_id);
  const offered = await offerTo(event_id, guest, image);
  const { token, id } = await volunteer("gallery.upload");
  const uploaded = await uploadTo(event_id, image, token);
  expect(uploaded.body).toMatchObject({ id: offered.body.id, uploaded_by: guest.id, accepted_by: id });
  expect(await seenBy(event_id, guest.token)).toEqual([offered.body.id]);
  // Once it is accepted, another volunteer's upload changes nothing.
  expect((await uploadTo(event_id, image)).body).toMatchObject({
    accepted_by: id,
    accepted_at: uploaded.body.accepted_at,
  });
});

test("an offer that was withdrawn no longer waits, and leaves room for another", async () => {
  const event_id = await event();
  const guest = await guestOf(event_id);
  await sql(
    "insert into event_galleries (event_id, uploaded_by, accepted_at) select $1, $2, null from generate_series(1, 49)",
    [event_id, guest.id],
  );
  const { id } = (await offerTo(event_id, guest)).body;
  const { token } = await volunteer("gallery.view");
  const waiting = async () =>
    (await get<{ total: number }>(`/api/admin/gallery?event_id=${event_id}&offered=true`, { token })).body.total;
  expect([await waiting(), outcome(await offerTo(event_id, guest))]).toEqual([50, [409, "too_many_offers"]]);
  await call("POST", `/api/gallery/${id}/takedown`, { token: guest.token });
  expect([await waiting(), (await offerTo(event_id, guest)).status]).toEqual([49, 200]);
});

test("a member has at most 50 photos of an event waiting", async () => {
  const event_id = await event();
  const guest = await guestOf(event_id);
  await sql(
    "insert into event_galleries (event_id, uploaded_by, accepted_at) select $1, $2, null from generate_series(1, 50)",
    [event_id, guest.id],
  );
  expect(outcome(await offerTo(event_id, guest))).toEqual([409, "too_many_offers"]);
  expect((await offerTo(event_id, await guestOf(event_id))).status).toBe(200);
});
