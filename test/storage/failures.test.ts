import { expect, test, vi } from "vitest";
import { get, outcome } from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { photoOfBytes } from "../harness/images.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { objectsIn, type PhotoUrls, picture, see, upload, uploadChunked } from "../harness/photos.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

/** Each failure, the answer, and whether the upload says how long it is: if not, it waits in R2 first. */
const FAILURES: Record<string, { faults: string; chunked_bytes?: number; answer: [number, string] }> = {
  "R2 refuses the photo": { faults: "put 1", answer: [503, "storage_unavailable"] },
  "R2 refuses the thumbnail": { faults: "put 2", answer: [503, "storage_unavailable"] },
  "R2 refuses both": { faults: "put", answer: [503, "storage_unavailable"] },
  "R2 begins no upload in parts": {
    faults: "createMultipartUpload",
    chunked_bytes: 5000,
    answer: [503, "storage_unavailable"],
  },
  "R2 refuses a part": { faults: "uploadPart 2", chunked_bytes: 6_000_000, answer: [503, "storage_unavailable"] },
  "R2 refuses a part, and then to give up": {
    faults: "uploadPart, abort",
    chunked_bytes: 5000,
    answer: [503, "storage_unavailable"],
  },
  "R2 does not complete an upload": { faults: "complete", chunked_bytes: 5000, answer: [503, "storage_unavailable"] },
  "R2 does not give an upload back": { faults: "get", chunked_bytes: 5000, answer: [503, "storage_unavailable"] },
  "R2 does not delete an upload": { faults: "delete 1", chunked_bytes: 5000, answer: [503, "storage_unavailable"] },
  "Images fails": { faults: "output 9524", answer: [503, "images_unavailable"] },
  "Images fails for an upload that waits": {
    faults: "output 9524",
    chunked_bytes: 5000,
    answer: [503, "images_unavailable"],
  },
  "Images cannot read the image": { faults: "output 9412", answer: [400, "image_unreadable"] },
  "Images' quota is used up": { faults: "output 9423", answer: [503, "images_quota"] },
  "Images' quota is used up, by its other number": { faults: "output 9422", answer: [503, "images_quota"] },
};

/** Everything that is stored, in the database and in R2, but for the objects of others. */
async function stored({ sql, bucket }: Platform, others: ReadonlySet<string>) {
  const files = await sql("select id, key, status, size_bytes::int from stored_files order by id");
  const [usage] = await sql<{ used: number }>("select used_bytes::int as used from storage_usage");
  const found = await objectsIn(await bucket("PHOTOS"));
  const objects = new Map([...found].filter(([key]) => !others.has(key)));
  const known = [...objects].filter(([key]) => files.some((file) => key.startsWith(`${file.key}/`)));
  return { files, used: usage?.used, objects, in_r2: known.reduce((sum, [, size]) => sum + size, 0) };
}

test("whatever fails, the photo before stays, and nothing is left over", async () => {
  const platform = await ownPlatform();
  const { url } = platform;
  // A Worker serves one test after another, and may still be removing what an earlier one stored.
  const others = new Set((await objectsIn(await platform.bucket("PHOTOS"))).keys());
  const someone = await platform.person("active");
  const { body: first } = await upload(someone, await picture("#00ff00"), { url });
  await vi.waitFor(async () => expect((await stored(platform, others)).files).toHaveLength(1), 10_000);
  const before = await stored(platform, others);
  expect(before.in_r2).toBe(before.used);
  const expectUnchanged = async (name: string) => {
    await vi.waitFor(async () => expect(await stored(platform, others), name).toEqual(before), { timeout: 5000 });
    const { body } = await get<PhotoUrls>("/api/members/profile", { token: someone.token, url });
    expect(body.profile_photo_url, name).toBe(first.profile_photo_url);
    expect((await see(body.profile_photo_url, { url })).status, name).toBe(200);
  };

  for (const [name, { faults, chunked_bytes, answer }] of Object.entries(FAILURES)) {
    const options = { url, headers: { "X-Test-Faults": faults } };
    const result = chunked_bytes
      ? await uploadChunked(someone, await photoOfBytes(chunked_bytes), options)
      : await upload(someone, await picture(), options);
    expect(outcome(result), name).toEqual(answer);
    await expectUnchanged(name);
  }
  for (const [name, skip] of [
    ["the database fails before the upload", 0],
    ["the database fails after it", 1],
  ] as const) {
    await failDatabase({ mode: "before", match: someone.id, skip });
    expect(outcome(await upload(someone, await picture(), { url })), name).toEqual([503, "database_unavailable"]);
    await expectUnchanged(name);
  }
});

test("a photo that was kept stays, even if the database's answer is lost", async () => {
  const platform = await ownPlatform();
  const { url } = platform;
  const someone = await platform.person("active");
  await failDatabase({ mode: "after_commit", match: someone.id, skip: 1 });
  expect(outcome(await upload(someone, await picture(), { url }))).toEqual([503, "database_unavailable"]);
  const { body } = await get<PhotoUrls>("/api/members/profile", { token: someone.token, url });
  // The work after the answer, too, has looked at it.
  await platform.fire("17 * * * *");
  expect((await see(body.profile_photo_url, { url })).status).toBe(200);
});

test("the job removes what is left of uploads that never ended, and what nobody refers to, objects first", async () => {
  const platform = await ownPlatform();
  const { sql, insert } = platform;
  const bucket = await platform.bucket("PHOTOS");
  const covers = await platform.bucket("PUBLIC_FILES");
  const file = async (kind: string, status: string, age: string) => {
    const key = `${kind}/${crypto.randomUUID().slice(0, 22)}`;
    const id = await insert("stored_files", { kind, key, status, content_type: "image/webp", size_bytes: 3 });
    await sql("alter table stored_files disable trigger touch_updated_at");
    await sql("update stored_files set updated_at = now() - $2::interval where id = $1", [id, age]);
    await sql("alter table stored_files enable trigger touch_updated_at");
    const keys = [`${key}/full.webp`, `${key}/original`];
    for (const each of keys) await (kind === "event_cover" ? covers : bucket).put(each, "abc");
    await bucket.put(`${key}/original`, "abc");
    return { id, keys };
  };
  const stale = await file("profile_photo", "uploading", "61 minutes");
  const fresh = await file("profile_photo", "uploading", "59 minutes");
  const deleted = await file("profile_photo", "deleted", "0 minutes");
  const cover = await file("event_cover", "deleted", "0 minutes");
  const kept = await file("profile_photo", "stored", "3 days");
  await platform.fire("17 * * * *");
  expect((await platform.lastRun("remove_files"))?.report).toEqual({ removed: 3, failed: 0 });
  const left = await sql<{ id: string }>("select id from stored_files");
  expect(left.map(({ id }) => id).sort()).toEqual([fresh.id, kept.id].sort());
  const objects = new Set([...(await objectsIn(bucket)).keys(), ...(await objectsIn(covers)).keys()]);
  for (const { keys } of [stale, deleted, cover]) for (const key of keys) expect(objects.has(key)).toBe(false);
  for (const { keys } of [fresh, kept]) for (const key of keys) expect(objects.has(key)).toBe(true);
  const [usage] = await sql("select used_bytes::int as used from storage_usage");
  // 3 as it was written for the one that is coming in, and 6 for both objects of the one that stays, as R2 says.
  expect(usage).toEqual({ used: 9 });
});
