import { expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { pathOf, photographed, picture, upload } from "../harness/photos.ts";
import { sql } from "../harness/platform.ts";

test("a photo is stored as WebP with a thumbnail, and its owner sees both", async () => {
  const someone = await person();
  const { status, body } = await upload(someone, await picture("#204060", [3000, 1500]));
  expect(status).toBe(200);
  const [full, thumb] = [
    await get(pathOf(body.profile_photo_url)),
    await get(pathOf(body.profile_photo_thumbnail_url)),
  ];
  expect([full.status, full.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
  expect([thumb.status, thumb.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
  console.log(
    body,
    [...full.headers],
    await sql("select * from stored_files"),
    await sql("select * from storage_usage"),
  );
  const other = await photographed();
  console.log(other);
});
