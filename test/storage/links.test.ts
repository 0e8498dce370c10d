import { describe, expect, test } from "vitest";
import { sign } from "../../src/access/signatures.ts";
import { privateImageUrls, publicImageUrls, readPass, stagedUploadUrl } from "../../src/storage/links.ts";
import { get, outcome } from "../harness/client.ts";
import { pathOf, photographed, publicImage, see, stagedUpload } from "../harness/photos.ts";
import { settings, worker } from "../harness/platform.ts";

const KEY = "profile_photo/0123456789abcdefghijkl";
const at = (now: string) => ({ settings, now: new Date(now) });

describe("a link to a private image", () => {
  test("is the same within an hour, and works for one to two hours", async () => {
    const first = await privateImageUrls(at("2026-05-01T10:00:00Z"), KEY);
    expect(await privateImageUrls(at("2026-05-01T10:59:59Z"), KEY)).toEqual(first);
    expect(await privateImageUrls(at("2026-05-01T11:00:00Z"), KEY)).not.toEqual(first);
    const pass = pathOf(first.url).split("/")[3] ?? "";
    const read = (now: string) => readPass(settings, "photo", new Date(now), pass);
    expect(await read("2026-05-01T11:59:59Z")).toEqual({ key: KEY, seconds_left: 1 });
    expect(await read("2026-05-01T12:00:00Z")).toBeNull();
  });

  test("works with the secret before, while secrets are rotated", async () => {
    const rotated = { ...settings, JWT_SECRET: "another".padEnd(64, "1"), JWT_SECRET_PREVIOUS: settings.JWT_SECRET };
    const now = new Date();
    const pass = pathOf((await privateImageUrls({ settings, now }, KEY)).url).split("/")[3] ?? "";
    expect(await readPass(rotated, "photo", now, pass)).toMatchObject({ key: KEY });
    expect(await readPass({ ...rotated, JWT_SECRET_PREVIOUS: undefined }, "photo", now, pass)).toBeNull();
  });

  test("names nobody", async () => {
    const { id, email, profile_photo_url } = await photographed();
    expect(profile_photo_url).not.toContain(id);
    expect(profile_photo_url).not.toContain(email);
  });

  test("leads to nothing when it is forged, expired, or for something else", async () => {
    const someone = await photographed();
    const [, , , pass = ""] = pathOf(someone.profile_photo_url).split("/");
    const [kind, secret, until = "", mac] = pass.split(".");
    const other = await photographed();
    const [, , , others = ""] = pathOf(other.profile_photo_url).split("/");
    const [, others_secret] = others.split(".");
    const past = Math.floor(Date.now() / 1000) - 1;
    const forged = [
      `${kind}.${others_secret}.${until}.${mac}`,
      `${kind}.${secret}.${Number(until) + 3600}.${mac}`,
      `${kind}.${secret}.${until}.${"A".repeat(43)}`,
      `${kind}.${secret}.${until}`,
      await sign(settings, "photo", `${kind}.${secret}.${past}`),
      await sign(settings, "photo", `${kind}.${secret}`),
      await sign(settings, "photo", `${kind}.${secret}.soon`),
      await sign(settings, "staged_upload", `${kind}.${secret}.${until}`),
      await sign(settings, "photo", `profile_photo.AAAAAAAAAAAAAAAAAAAAAA.${until}`),
      `${pass}=`,
      `${pass.slice(0, -1)}${String.fromCharCode(pass.charCodeAt(pass.length - 1) + 1)}`,
      "x".repeat(5000),
      "..%2f..%2f",
    ];
    for (const each of forged) expect(outcome(await get(`/api/photos/${each}/full.webp`))).toEqual([404, "not_found"]);
    for (const variant of ["original", "full.png", "..", "thumb.webp%2f.."])
      expect((await get(`/api/photos/${pass}/${variant}`)).status).toBe(404);
    expect((await get(`/api/staged-uploads/${pass}`)).status).toBe(404);
    expect((await see(someone.profile_photo_url)).status).toBe(200);
  });

  test("has no rate limit: a page shows a hundred of them", async () => {
    const { profile_photo_thumbnail_url } = await photographed();
    const statuses = new Set<number>();
    for (let calls = 0; calls < 320; calls += 40) {
      const seen = await Promise.all(Array.from({ length: 40 }, () => see(profile_photo_thumbnail_url)));
      for (const { status } of seen) statuses.add(status);
    }
    expect([...statuses]).toEqual([200]);
  });
});

describe("an image is served", () => {
  test("as what it is, to one browser, until the link expires", async () => {
    const { headers } = await see((await photographed()).profile_photo_url);
    expect(headers.get("Content-Type")).toBe("image/webp");
    expect(headers.get("Content-Disposition")).toBe('inline; filename="photo-full.webp"');
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    const [, seconds] = /^private, max-age=(\d+), immutable$/.exec(headers.get("Cache-Control") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThan(3590);
    expect(Number(seconds)).toBeLessThanOrEqual(7200);
  });

  test("only if the browser does not have it already", async () => {
    const { profile_photo_url } = await photographed();
    const first = await see(profile_photo_url);
    const etag = first.headers.get("ETag") ?? "";
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`, "*"]) {
      const { status, bytes, headers } = await see(profile_photo_url, { headers: { "If-None-Match": known } });
      expect([status, bytes.length, headers.get("ETag")]).toEqual([304, 0, etag]);
    }
    expect((await see(profile_photo_url, { headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  });

  test("in parts", async () => {
    const { profile_photo_url } = await photographed();
    const { bytes, headers } = await see(profile_photo_url);
    const size = bytes.length;
    const etag = headers.get("ETag") ?? "";
    const part = (Range: string, more = {}) => see(profile_photo_url, { headers: { Range, ...more } });
    const ranges: [string, number, number][] = [
      ["bytes=0-9", 0, 9],
      ["bytes=10-", 10, size - 1],
      ["bytes=-5", size - 5, size - 1],
      [`bytes=5-${size + 100}`, 5, size - 1],
      [`bytes=-${size + 100}`, 0, size - 1],
    ];
    for (const [range, first, last] of ranges) {
      const answer = await part(range);
      expect([answer.status, answer.headers.get("Content-Range")]).toEqual([206, `bytes ${first}-${last}/${size}`]);
      expect(answer.bytes).toEqual(bytes.slice(first, last + 1));
    }
    for (const range of [`bytes=${size}-`, "bytes=-0"]) {
      const answer = await part(range);
      expect([answer.status, answer.headers.get("Content-Range")]).toEqual([416, `bytes */${size}`]);
    }
    for (const odd of ["bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"])
      expect([(await part(odd)).status, (await part(odd)).bytes.length]).toEqual([200, size]);
    expect((await part("bytes=0-1", { "If-Range": etag })).status).toBe(206);
    expect((await part("bytes=0-1", { "If-Range": '"other"' })).status).toBe(200);
  });

  test("to HEAD without its bytes", async () => {
    const { profile_photo_url } = await photographed();
    const { bytes } = await see(profile_photo_url);
    const answer = await fetch(worker.url + pathOf(profile_photo_url), {
      method: "HEAD",
    });
    expect([answer.status, answer.headers.get("Content-Length")]).toEqual([200, String(bytes.length)]);
  });

  test("to nobody while R2 fails", async () => {
    const { profile_photo_url } = await photographed();
    for (const headers of [
      { "X-Test-Faults": "get" },
      { "X-Test-Faults": "head", Range: "bytes=0-1" },
      { "X-Test-Faults": "get", Range: "bytes=0-1" },
    ]) {
      const answer = await get(pathOf(profile_photo_url), { headers });
      expect(outcome(answer)).toEqual([503, "storage_unavailable"]);
    }
  });
});

describe("a public image", () => {
  test("has an address that lasts, here or where R2_PUBLIC_URL says", async () => {
    const { key, url } = await publicImage();
    const { status, headers } = await see(url);
    expect([status, headers.get("Cache-Control")]).toEqual([200, "public, max-age=31536000, immutable"]);
    expect(url).toBe(`${settings.API_URL}/files/${key}/full.webp`);
    const elsewhere = { ...settings, R2_PUBLIC_URL: "https://files.loaf.example" };
    expect(publicImageUrls(elsewhere, key).thumbnail_url).toBe(`https://files.loaf.example/${key}/thumb.webp`);
  });

  test("is all that this address shows: no photo, and no other object", async () => {
    const { profile_photo_url } = await photographed();
    const [, secret] = /profile_photo\.([\w-]+)/.exec(profile_photo_url) ?? [];
    expect((await get(`/files/profile_photo/${secret}/full.webp`)).status).toBe(404);
    expect((await get(`/files/event_cover/${secret}/full.webp`)).status).toBe(404);
    expect((await get(`/files/logo/..%2f..%2fx/full.webp`)).status).toBe(404);
  });
});

test("an upload that waits is readable by its own link alone, for ten minutes", async () => {
  const path = await stagedUpload();
  const answer = await get(path);
  expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
  const now = new Date("2026-05-01T10:00:00Z");
  const pass = pathOf(await stagedUploadUrl(settings, now, KEY)).split("/")[3] ?? "";
  expect(await readPass(settings, "photo", now, pass)).toBeNull();
  expect(await readPass(settings, "staged_upload", new Date("2026-05-01T10:10:00Z"), pass)).toBeNull();
});
