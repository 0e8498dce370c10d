import sharp from "sharp";
import { expect, test } from "vitest";
import { outcome } from "../harness/client.ts";
import { photoOfBytes } from "../harness/images.ts";
import { person } from "../harness/people.ts";
import { objectsIn, see, upload, uploadChunked } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";
import { workerWithTransformations } from "../harness/transformations.ts";

const LARGE = 20_000_001;
const MOST = 50 * 1024 * 1024;

test("a photo of more than 20 MB, up to 50 MB, is fetched by Images from a link of ours, and its original is gone", async () => {
  const { url, asked, bucket } = await workerWithTransformations("on");
  for (const [send, size] of [
    [upload, LARGE],
    [upload, MOST],
    [uploadChunked, LARGE],
  ] as const) {
    const someone = await person();
    const photo = await photoOfBytes(size);
    const { status, body } =
      send === upload ? await upload(someone, photo, { url }) : await uploadChunked(someone, photo, url);
    expect(status).toBe(200);
    const { bytes } = await see(body.profile_photo_url, { url });
    // Turned, as its Exif data says.
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 200, height: 400 });
    const [row] = await sql(
      "select size_bytes::int from stored_files f join users u on u.photo_id = f.id where u.id = $1",
      [someone.id],
    );
    expect(row?.size_bytes).toBeLessThan(20_000);
  }
  expect(asked).toHaveLength(3);
  for (const path of asked) expect((await fetch(url + path)).status).toBe(404);
  const objects = await objectsIn(await bucket("PHOTOS"));
  expect([...objects.keys()].filter((key) => key.endsWith("/original"))).toEqual([]);
});

test.for([
  ["off", [413, "image_too_large"]],
  [9423, [503, "images_quota"]],
  [9422, [503, "images_quota"]],
  [9412, [400, "image_unreadable"]],
  [9504, [503, "images_unavailable"]],
] as const)("where transformations answer %s, it is refused, and nothing is left", async ([how, answer]) => {
  const { url, bucket } = await workerWithTransformations(how);
  const someone = await person();
  expect(outcome(await upload(someone, await photoOfBytes(LARGE), { url }))).toEqual(answer);
  await expect.poll(async () => (await objectsIn(await bucket("PHOTOS"))).size).toBe(0);
});
