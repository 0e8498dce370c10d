import sharp from "sharp";
import { describe, expect, test, vi } from "vitest";
import { call, get, outcome } from "../harness/client.ts";
import { claiming, colorAt, halves, heic, joined, phonePhoto, photoOfBytes, SECRETS } from "../harness/images.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import {
  objectsIn,
  type PhotoUrls,
  photographed,
  picture,
  see,
  upload,
  uploadChunked,
  uploadForm,
} from "../harness/photos.ts";
import { sql, worker } from "../harness/platform.ts";

const MIB = 1024 * 1024;
const UNCHANGED = { profile_photo_url: null, profile_photo_thumbnail_url: null };
const photoOf = ({ token }: { token: string }) => get<PhotoUrls>("/api/members/profile", { token });

/** The objects of the file that a link leads to. */
async function objectsOf(link: string | null): Promise<string[]> {
  const [, key] = /photos\/profile_photo\.([\w-]+)\./.exec(link ?? "") ?? [];
  return [...(await objectsIn(await worker.bucket("PHOTOS"))).keys()].filter((each) => key && each.includes(key));
}

/** As if they had uploaded so many, the first of them so many hours ago. */
const uploadedBefore = ({ id }: Person, count: number, hours: number) =>
  sql("update users set photo_uploads = $2, photo_uploads_since = now() - interval '1 hour' * $3 where id = $1", [
    id,
    count,
    hours,
  ]);

describe.concurrent("a photo", () => {
  test("is stored as WebP with at most 2048 pixels on the long side, and a thumbnail", async () => {
    const someone = await person();
    const { status, body } = await upload(someone, await picture("#204060", [3000, 1500]));
    expect(status).toBe(200);
    const [full, thumbnail] = [await see(body.profile_photo_url), await see(body.profile_photo_thumbnail_url)];
    expect(await sharp(full.bytes).metadata()).toMatchObject({ format: "webp", width: 2048, height: 1024 });
    expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ format: "webp", width: 256, height: 128 });
    const [row] = await sql(
      "select f.kind, f.status, f.width, f.height, f.size_bytes::int from stored_files f join users u on u.photo_id = f.id where u.id = $1",
      [someone.id],
    );
    const size_bytes = full.bytes.length + thumbnail.bytes.length;
    expect(row).toEqual({ kind: "profile_photo", status: "stored", width: 2048, height: 1024, size_bytes });
  });

  test("that is small keeps its size", async () => {
    const { body } = await upload(await person(), await picture("#204060", [40, 30]));
    for (const link of [body.profile_photo_url, body.profile_photo_thumbnail_url])
      expect(await sharp((await see(link)).bytes).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  test.for(["jpeg", "png", "webp"] as const)("may be a %s", async (format) => {
    const { status } = await upload(await person(), new Uint8Array(await halves().toFormat(format).toBuffer()));
    expect(status).toBe(200);
  });

  test("may come in a form, between other fields", async () => {
    const someone = await person();
    const { status, body } = await uploadForm(someone, [
      ["caption", "Me"],
      ["other", await picture()],
      ["file", await phonePhoto()],
      ["file", "not this one"],
    ]);
    expect(status).toBe(200);
    expect(await sharp((await see(body.profile_photo_url)).bytes).metadata()).toMatchObject({
      width: 200,
      height: 400,
    });
  });

  test("may come without a length", async () => {
    const someone = await person();
    const { status, body } = await uploadChunked(someone, await phonePhoto());
    expect(status).toBe(200);
    expect((await objectsOf(body.profile_photo_url)).map((key) => key.split("/").at(-1)).sort()).toEqual([
      "full.webp",
      "thumb.webp",
    ]);
  });

  test.for([1, 3, 6, 8])("is turned as orientation %i of its Exif data says", async (orientation) => {
    expect((await sharp(await phonePhoto(orientation)).metadata()).orientation).toBe(orientation);
    const { body } = await upload(await person(), await phonePhoto(orientation));
    const upright = await sharp(await phonePhoto(orientation))
      .autoOrient()
      .png()
      .toBuffer();
    const { width, height } = await sharp(upright).metadata();
    for (const link of [body.profile_photo_url, body.profile_photo_thumbnail_url]) {
      const { bytes } = await see(link);
      const seen = await sharp(bytes).metadata();
      expect(Math.round((100 * seen.width) / seen.height)).toBe(Math.round((100 * width) / height));
      for (const [x, y] of [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.1, 0.9],
        [0.9, 0.9],
      ] as const)
        expect(await colorAt(bytes, Math.floor(x * seen.width), Math.floor(y * seen.height))).toBe(
          await colorAt(upright, Math.floor(x * width), Math.floor(y * height)),
        );
    }
  });

  test("keeps nothing of Exif, GPS, XMP, IPTC, comments, and previews, in no object", async () => {
    const photo = await phonePhoto();
    // The photo does have all of them.
    for (const secret of SECRETS.filter((each) => !each.includes("/")))
      expect(Buffer.from(photo).includes(secret)).toBe(true);
    expect((await sharp(photo).metadata()).exif?.length).toBeGreaterThan(100);
    const bucket = await worker.bucket("PHOTOS");
    for (const send of [upload, uploadChunked]) {
      const { body } = await send(await person(), photo);
      const keys = await objectsOf(body.profile_photo_url);
      expect(keys).toHaveLength(2);
      for (const key of keys) {
        const bytes = Buffer.from((await (await bucket.get(key))?.arrayBuffer()) ?? new ArrayBuffer());
        for (const trace of [
          ...SECRETS,
          "Exif",
          "EXIF",
          "XMP",
          "xmpmeta",
          "8BIM",
          "Photoshop",
          "MPF",
          "GPS",
          "\xff\xd8\xff",
        ])
          expect(bytes.includes(Buffer.from(trace, "latin1")), trace).toBe(false);
        const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
        expect({ exif, xmp, iptc, orientation }).toEqual({});
      }
    }
  });

  test("that is also something else comes out as nothing but a photo", async () => {
    const page = new TextEncoder().encode("<html><script>alert('Robin')</script></html>PK\u0003\u0004");
    const photo = await halves().jpeg().toBuffer();
    const { status, body } = await upload(await person(), joined(photo, page));
    expect(status).toBe(200);
    const { bytes } = await see(body.profile_photo_url);
    expect(Buffer.from(bytes).includes("script")).toBe(false);
    expect(Buffer.from(bytes).includes("PK\u0003\u0004")).toBe(false);
  });

  test("replaces the one before, whose links stop working", async () => {
    const someone = await photographed();
    const { body } = await upload(someone, await picture("#00ff00"));
    expect(body.profile_photo_url).not.toBe(someone.profile_photo_url);
    expect((await see(someone.profile_photo_url)).status).toBe(404);
    expect((await see(someone.profile_photo_thumbnail_url)).status).toBe(404);
    expect((await see(body.profile_photo_url)).status).toBe(200);
  });

  test("can be deleted, and then again, which changes nothing", async () => {
    const someone = await photographed();
    for (const _ of [1, 2]) {
      const { status, body } = await call("DELETE", "/api/members/profile/delete-photo", { token: someone.token });
      expect([status, body]).toEqual([200, expect.objectContaining(UNCHANGED)]);
      expect((await see(someone.profile_photo_url)).status).toBe(404);
    }
  });

  test("goes with the person", async () => {
    const someone = await photographed();
    await sql("delete from users where id = $1", [someone.id]);
    // Any later upload or deletion removes it, and so does the job.
    await call("DELETE", "/api/members/profile/delete-photo", { token: (await person()).token });
    await vi.waitFor(async () => expect((await see(someone.profile_photo_url)).status).toBe(404), 10_000);
  });

  test.for([
    ["pending_email", 403],
    ["rejected", 403],
    ["inactive", 200],
  ] as const)("uploaded by somebody who is %s is answered with %d", async ([status, expected]) => {
    expect((await upload(await person(status), await picture())).status).toBe(expected);
  });

  test("is the last of a day after 20, also of several at once, and then costs no transformation", async () => {
    const someone = await person();
    await uploadedBefore(someone, 19, 23);
    const answers = await Promise.all([1, 2, 3].map(async () => upload(someone, await picture())));
    expect(answers.map(outcome).sort()).toEqual([
      [200, undefined],
      [429, "too_many_photos"],
      [429, "too_many_photos"],
    ]);
    expect(answers.find(({ status }) => status === 429)?.headers.get("Retry-After")).toBe("3600");
    expect((await call("DELETE", "/api/members/profile/delete-photo", someone)).status).toBe(200);
    expect(outcome(await upload(someone, await picture()))).toEqual([429, "too_many_photos"]);
    await uploadedBefore(someone, 20, 25);
    expect((await upload(someone, await picture())).status).toBe(200);
    expect(await sql("select photo_uploads from users where id = $1", [someone.id])).toEqual([{ photo_uploads: 1 }]);
  });

  test("leaves no trace of when it was uploaded in the audit log", async () => {
    const someone = await person();
    const entries = () => sql("select id from audit_log where subject_id = $1 order by id", [someone.id]);
    const before = await entries();
    expect((await upload(someone, await picture())).status).toBe(200);
    expect(await entries()).toEqual(before);
  });

  test("of five uploads at once, one stays", async () => {
    const someone = await person();
    const colors = ["#000000", "#ff0000", "#00ff00", "#0000ff", "#ffffff"];
    const answers = await Promise.all(colors.map(async (color) => upload(someone, await picture(color))));
    expect(answers.map(({ status }) => status)).toEqual(colors.map(() => 200));
    const { body } = await photoOf(someone);
    await vi.waitFor(async () => {
      const seen = await Promise.all(answers.map(({ body: { profile_photo_url } }) => see(profile_photo_url)));
      expect(seen.filter(({ status }) => status === 200)).toHaveLength(1);
    });
    expect((await see(body.profile_photo_url)).status).toBe(200);
  });
});

describe.concurrent("what is no photo is refused, whatever its label says, and the photo before stays", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const files: Record<string, [() => Promise<Uint8Array<ArrayBuffer> | string>, number, string]> = {
    "an SVG": [async () => svg, 415, "not_an_image"],
    "an SVG with an XML declaration": [async () => `<?xml version="1.0"?>${svg}`, 415, "not_an_image"],
    "a page": [async () => "<!doctype html><script>alert(1)</script>", 415, "not_an_image"],
    "a GIF": [async () => new Uint8Array(await halves().gif().toBuffer()), 415, "not_an_image"],
    "a GIF with a photo after it": [
      async () => joined(Buffer.from("GIF89a"), await halves().jpeg().toBuffer()),
      415,
      "not_an_image",
    ],
    "an AVIF": [async () => new Uint8Array(await halves(64, 64).avif().toBuffer()), 415, "not_an_image"],
    "a TIFF": [async () => new Uint8Array(await halves().tiff().toBuffer()), 415, "not_an_image"],
    nothing: [async () => "", 415, "not_an_image"],
    "the first bytes of a photo alone": [async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 400, "image_unreadable"],
    "half a JPEG": [async () => half(await halves(1000, 1000).jpeg().toBuffer()), 400, "image_unreadable"],
    "half a PNG": [async () => half(await halves(1000, 1000).png().toBuffer()), 400, "image_unreadable"],
    "half a WebP": [async () => half(await halves(1000, 1000).webp().toBuffer()), 400, "image_unreadable"],
    "a PNG of 30,000 × 30,000 pixels": [() => claiming(30_000, 30_000), 413, "too_many_pixels"],
    "a PNG of 12,001 × 1 pixels": [() => claiming(12_001, 1), 413, "too_many_pixels"],
    "a PNG of 101 megapixels": [() => claiming(10_100, 10_000), 413, "too_many_pixels"],
    "a HEIC, which only Cloudflare can decode": [async () => heic(), 415, "heic_not_local"],
    "a HEIC of 30,000 × 30,000 pixels": [async () => heic(30_000, 30_000), 413, "too_many_pixels"],
  };
  const half = (file: Buffer) => new Uint8Array(file.subarray(0, file.length / 2));

  test.for(Object.entries(files))("%s", async ([, [file, status, code]]) => {
    const someone = await photographed();
    const content = await file();
    expect(outcome(await upload(someone, content))).toEqual([status, code]);
    expect(outcome(await upload(someone, content, { headers: { "Content-Type": "image/jpeg" } }))).toEqual([
      status,
      code,
    ]);
    if (typeof content !== "string")
      expect(outcome(await uploadForm(someone, [["file", content]]))).toEqual([status, code]);
    expect((await photoOf(someone)).body.profile_photo_url).toBe(someone.profile_photo_url);
    expect((await see(someone.profile_photo_url)).status).toBe(200);
  });

  test("an image whose label names another type is read for what it is", async () => {
    const someone = await person();
    for (const type of ["image/gif", "image/svg+xml", "IMAGE/JPEG"])
      expect((await upload(someone, await picture(), { headers: { "Content-Type": type } })).status).toBe(200);
  });

  test.for(["text/html", "application/json", "application/octet-stream", "multipart/mixed; boundary=x", ""])(
    "a body that says it is %j",
    async (type) => {
      const answer = await upload(await person(), await picture(), { headers: { "Content-Type": type } });
      expect(outcome(answer)).toEqual([415, "unsupported_media_type"]);
    },
  );

  test("a form without the file", async () => {
    const answer = await uploadForm(await person(), [["photo", await picture()]]);
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ errors: [{ path: "file", message: "must be a file" }] }),
    ]);
  });

  test.for([
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\xff\xd8\xff',
    "--x\r\nContent-Disp",
    "--x\r\n\r\n\r\n--x--",
  ])("a form that ends early or is broken: %j", async (form) => {
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const { status } = await upload(await person(), new Uint8Array(Buffer.from(form, "latin1")), { headers });
    expect(status).toBe(400);
  });
});

describe("size", () => {
  test("50 MB and a byte are refused, whether the length is announced or not", async () => {
    const someone = await photographed();
    const photo = await photoOfBytes(50 * MIB + 1);
    expect(outcome(await upload(someone, photo))).toEqual([413, "file_too_large"]);
    const { status, body } = await uploadChunked(someone, photo);
    expect([status, body.code]).toEqual([413, "file_too_large"]);
    expect((await see(someone.profile_photo_url)).status).toBe(200);
  });

  test("20 MB are processed, and more is refused by name where the zone has no transformations", async () => {
    const someone = await person();
    expect((await upload(someone, await photoOfBytes(20_000_000))).status).toBe(200);
    const { status, body } = await upload<{ code: string; detail: string }>(someone, await photoOfBytes(20_000_001));
    expect([status, body.code, body.detail]).toEqual([413, "image_too_large", expect.stringContaining("20 MB")]);
  });
});

describe.concurrent("who sees a photo", () => {
  test.for([
    ["members", true, true],
    ["admins", true, false],
    ["nobody", false, false],
  ] as const)("its owner says %s", async ([photo_audience, volunteers, members]) => {
    const someone = await photographed();
    await sql("update users set in_directory = true, photo_audience = $2 where id = $1", [someone.id, photo_audience]);
    const { token: member } = await person();
    const { token: desk } = await volunteer("users.view");
    const entry = await get<PhotoUrls>(`/api/directory/${someone.id}`, { token: member });
    const user = await get<PhotoUrls>(`/api/admin/users/${someone.id}`, { token: desk });
    for (const [{ body }, shown] of [
      [entry, members],
      [user, volunteers],
    ] as const)
      expect([body.profile_photo_url, body.profile_photo_thumbnail_url]).toEqual(
        shown ? [someone.profile_photo_url, someone.profile_photo_thumbnail_url] : [null, null],
      );
    const key = /profile_photo\.([\w-]+)/.exec(someone.profile_photo_url)?.[1] ?? "";
    const list = await get("/api/directory?limit=100", { token: member });
    if (!members) expect(list.text).not.toContain(key);
    if (!volunteers) expect(user.text).not.toContain(key);
  });

  test("the owner sees it in me and in the profile", async () => {
    const someone = await photographed();
    const me = await get<PhotoUrls>("/api/auth/me", { token: someone.token });
    for (const { body } of [me, await photoOf(someone)]) {
      expect(body.profile_photo_url).toBe(someone.profile_photo_url);
      expect(body.profile_photo_thumbnail_url).toBe(someone.profile_photo_thumbnail_url);
    }
  });
});

test("an upload for which the storage has no room is refused, and changes nothing", async () => {
  const platform = await ownPlatform();
  const someone = await platform.person("active");
  expect((await upload(someone, await picture(), { url: platform.url })).status).toBe(200);
  await platform.sql("update storage_usage set limit_bytes = used_bytes + 100");
  const before = await platform.sql("select photo_id from users where id = $1", [someone.id]);
  expect(outcome(await upload(someone, await picture(), { url: platform.url }))).toEqual([413, "storage_full"]);
  expect(await platform.sql("select photo_id from users where id = $1", [someone.id])).toEqual(before);
  expect(await platform.sql("select id from stored_files where status <> 'stored'")).toEqual([]);
});
