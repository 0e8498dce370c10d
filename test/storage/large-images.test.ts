import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { get, outcome } from "../harness/client.ts";
import { photoOfBytes } from "../harness/images.ts";
import { person } from "../harness/people.ts";
import { objectsIn, type PhotoUrls, see, upload } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";
import { workerWithTransformations } from "../harness/transformations.ts";

const { url, zone, bucket, stop } = await workerWithTransformations();
afterAll(stop);

test("a photo of more than 20 MB is fetched by Images from a link of ours, and its original goes", async () => {
  const someone = await person();
  const photo = await photoOfBytes(20_000_001);
  const { status, body } = await upload(someone, photo, { url });
  expect(status).toBe(200);
  const { bytes } = await see(body.profile_photo_url, { url });
  // Turned, as its Exif data says.
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 200, height: 400 });
  const [path = ""] = zone.asked;
  expect(path).toMatch(/^\/api\/staged-uploads\//);
  expect((await fetch(url + path)).status).toBe(404);

  const stored = async () => ({
    objects: await objectsIn(await bucket("PHOTOS")),
    files: await sql("select f.* from stored_files f join users u on u.photo_id = f.id where u.id = $1", [someone.id]),
    link: (await get<PhotoUrls>("/api/members/profile", { token: someone.token, url })).body.profile_photo_url,
  });
  const before = await stored();
  expect([...before.objects.keys()].map((key) => key.split("/").at(-1)).sort()).toEqual(["full.webp", "thumb.webp"]);
  for (const [does, answer] of [
    ["off", [413, "image_too_large"]],
    [9423, [503, "images_quota"]],
    [9412, [400, "image_unreadable"]],
  ] as const) {
    zone.does = does;
    expect(outcome(await upload(someone, photo, { url }))).toEqual(answer);
    await expect.poll(stored, { timeout: 5000 }).toEqual(before);
  }
});
