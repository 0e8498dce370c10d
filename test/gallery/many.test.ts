import { expect, test } from "vitest";
import type { UploadedPhotos } from "../../src/gallery/schemas.ts";
import { call, outcome, tripsOf } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyColor } from "../harness/gallery.ts";
import { person, volunteer } from "../harness/people.ts";
import { formOf, picture, see } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";

const { token } = await volunteer("gallery.upload");

type Files = Parameters<typeof formOf>[0];

const uploadMany = (event_id: string, files: Files, who = token) =>
  call<UploadedPhotos>("POST", `/api/admin/events/${event_id}/gallery/batch`, { token: who, ...formOf(files) });

const text = new Uint8Array(Buffer.from("no photo"));
const any = () => picture(anyColor());

const storedOf = async (event_id: string) =>
  (await sql("select id from event_galleries where event_id = $1", [event_id])).length;

test("many photos come in one request, with a result for each; one that fails does not undo the others", async () => {
  const event_id = await event();
  const [first, second] = [await any(), await any()];
  const { status, body } = await uploadMany(event_id, [
    ["file", first, "first.png"],
    ["file", text, "notes.txt"],
    ["file", second, "second.png"],
    ["file", first, "Анна – again.png"],
  ]);
  expect(status).toBe(200);
  expect(body.results.map(({ name, error }) => [name, error?.status, error?.code])).toEqual([
    ["first.png", undefined, undefined],
    ["notes.txt", 415, "not_an_image"],
    ["second.png", undefined, undefined],
    ["Анна – again.png", undefined, undefined],
  ]);
  const ids = body.results.map(({ photo }) => photo?.id);
  expect([ids[1], ids[3]]).toEqual([undefined, ids[0]]);
  expect(await storedOf(event_id)).toBe(2);
  for (const { photo } of body.results) if (photo) expect((await see(photo.url)).status).toBe(200);
});

test("what the form says before the files goes for all that are new; a photo that is there keeps its own", async () => {
  const event_id = await event();
  const [first, second] = [await any(), await any()];
  await uploadMany(event_id, [
    ["caption", "By the lake"],
    ["file", first],
  ]);
  const { body } = await uploadMany(event_id, [
    ["caption", " On the hill "],
    ["visibility", "public"],
    ["consent", "true"],
    ["file", first],
    ["file", second],
  ]);
  expect(body.results.map(({ photo }) => photo)).toMatchObject([
    { caption: "By the lake", visibility: "members", consent: false },
    { caption: "On the hill", visibility: "public", consent: true },
  ]);
});

test("a field that we do not know, that is wrong, or that comes too late is refused by name", async () => {
  const event_id = await event();
  const image = await any();
  const problemsOf = async (files: Files) => {
    const { status, body } = await uploadMany(event_id, [...files, ["file", image]]);
    return [status, (body as { errors?: { path: string; message: string }[] }).errors];
  };
  expect(await problemsOf([["title", "Picnic"]])).toEqual([400, [{ path: "title", message: "is not a known field" }]]);
  expect(await problemsOf([["visibility", "nobody"]])).toEqual([
    400,
    [{ path: "visibility", message: expect.stringContaining("members") }],
  ]);
  expect(await problemsOf([["caption", "x".repeat(20_000)]])).toEqual([
    400,
    [{ path: "caption", message: "is too long" }],
  ]);
  expect(
    await problemsOf([
      ["consent", "true"],
      ["consent", "false"],
    ]),
  ).toEqual([400, [{ path: "consent", message: "must be given only once" }]]);
  expect(await storedOf(event_id)).toBe(0);
  const late = await uploadMany(event_id, [
    ["file", image, "first.png"],
    ["caption", "Late"],
    ["file", await any(), "second.png"],
  ]);
  expect(late.body.results.map(({ name, error }) => [name, error?.detail])).toEqual([
    ["first.png", undefined],
    ["", "The field caption must come before the file."],
  ]);
  expect(await storedOf(event_id)).toBe(1);
});

test("each photo costs two round trips", async () => {
  const answer = await uploadMany(await event(), [
    ["file", await any()],
    ["file", await any()],
  ]);
  expect((await tripsOf(answer)).before).toBe(4);
});

test("more files than a request may have get a result that says so", async () => {
  const event_id = await event();
  const files = Array.from({ length: 22 }, (_, index): Files[number] => ["file", text, `${index}`]);
  const { body } = await uploadMany(event_id, [...files.slice(0, 20), ["file", await any()], ["file", text]]);
  expect(body.results.map(({ error }) => error?.code)).toEqual([
    ...files.slice(0, 20).map(() => "not_an_image"),
    "too_many_files",
    "too_many_files",
  ]);
  expect(await storedOf(event_id)).toBe(0);
});

test("a form that breaks off leaves the photos before, and says that it broke off", async () => {
  const event_id = await event();
  const { body, headers } = formOf([
    ["file", await any(), "first.png"],
    ["file", await any(), "second.png"],
  ]);
  const answer = await call<UploadedPhotos>("POST", `/api/admin/events/${event_id}/gallery/batch`, {
    token,
    headers,
    body: body.subarray(0, -80),
  });
  expect(answer.body.results.map(({ name, error }) => [name, error?.code])).toEqual([
    ["first.png", undefined],
    ["second.png", "upload_incomplete"],
  ]);
  expect(await storedOf(event_id)).toBe(1);
});

test("only those who may upload hear anything, and only of an event that is there", async () => {
  const event_id = await event();
  const member = (await person()).token;
  for (const file of [text, await any()]) {
    expect((await uploadMany(event_id, [["file", file]], member)).status).toBe(403);
    expect(outcome(await uploadMany(crypto.randomUUID(), [["file", file]]))).toEqual([404, "event_not_found"]);
  }
  expect(outcome(await uploadMany(event_id, [["caption", "none"]]))).toEqual([400, "invalid_input"]);
  const plain = await call("POST", `/api/admin/events/${event_id}/gallery/batch`, {
    token,
    body: await any(),
    headers: { "Content-Type": "image/png" },
  });
  expect(outcome(plain)).toEqual([415, "unsupported_media_type"]);
});
