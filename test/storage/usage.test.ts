import { randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { StorageUsage } from "../../src/storage/schemas.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { objectsIn, picture, upload } from "../harness/photos.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

const HOURLY = "17 * * * *";
const anyKey = (kind: string) => `${kind}/${randomBytes(16).toString("base64url")}`;
const JOB = "compare_files";

/** A platform whose buckets are empty, and who sees how full they are. */
async function storage() {
  const platform = await ownPlatform();
  const buckets = { private: await platform.bucket("PHOTOS"), public: await platform.bucket("PUBLIC_FILES") };
  for (const bucket of Object.values(buckets))
    for (;;) {
      const { objects } = await bucket.list();
      if (objects.length === 0) break;
      await bucket.delete(objects.map(({ key }) => key));
    }
  const { token } = await platform.volunteer("settings.storage");
  const usage = async () => (await platform.call<StorageUsage>("GET", "/api/admin/storage/usage", { token })).body;
  const recalculate = async () =>
    (await platform.call<StorageUsage>("POST", "/api/admin/storage/recalculate", { token })).body;
  const compared = () =>
    vi.waitFor(
      async () => {
        const now = await usage();
        expect([now.comparing, now.compared_at]).toEqual([false, expect.any(String)]);
        return now;
      },
      { timeout: 10_000 },
    );
  /** As if the comparisons had found files without a row for so many days. */
  const age = (days: number) =>
    platform.sql(
      `update job_states set cursor = jsonb_set(cursor, '{unmatched}', coalesce((select jsonb_object_agg(key, $2::text)
         from jsonb_object_keys(cursor -> 'unmatched') as key), '{}')) where job = $1`,
      [JOB, daysAgo(days)],
    );
  return { platform, buckets, usage, recalculate, compared, age };
}

/** A row as an upload leaves it, which is hours ago unless it says something else. Returns its key. */
async function file({ insert }: Platform, columns: Record<string, unknown> = {}): Promise<string> {
  const { kind = "profile_photo" } = columns;
  const key = anyKey(String(kind));
  await insert("stored_files", {
    kind,
    key,
    status: "stored",
    content_type: "image/webp",
    size_bytes: 10,
    updated_at: new Date(Date.now() - 2 * 3_600_000),
    ...columns,
  });
  return key;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Has a day pass since the last comparison. */
const again = (sql: Platform["sql"]) =>
  sql(`update job_states set cursor = jsonb_set(cursor, '{last,finished_at}', to_jsonb($2::text)) where job = $1`, [
    JOB,
    daysAgo(1),
  ]);

const bytes = (count: number) => new Uint8Array(count);

test("the usage says how much is used, by kind, and which threshold is reached", async () => {
  const { platform, usage } = await storage();
  const { url, sql } = platform;
  const empty = await usage();
  expect(empty).toMatchObject({ used_bytes: 0, level: "ok", comparison: null, compared_at: null, comparing: false });
  expect(empty.by_kind.map(({ kind, files }) => [kind, files])).toEqual(
    ["profile_photo", "event_photo", "event_cover", "logo", "document"].map((kind) => [kind, 0]),
  );
  expect(empty.thresholds).toEqual({
    warning_bytes: Math.floor(empty.limit_bytes * 0.8),
    critical_bytes: Math.floor(empty.limit_bytes * 0.95),
  });
  for (const color of ["#00ff00", "#0000ff"])
    await upload(await platform.person("active"), await picture(color), { url });
  await file(platform, { kind: "document", size_bytes: 1000 });
  const full = await usage();
  const [photos] = full.by_kind;
  expect(photos).toEqual({ kind: "profile_photo", files: 2, bytes: full.used_bytes - 1000 });
  for (const [share, level] of [
    [0.7, "ok"],
    [0.8, "warning"],
    [0.96, "critical"],
    [1.2, "critical"],
  ] as const) {
    await sql("update storage_usage set limit_bytes = floor(used_bytes / $1::float8)", [share]);
    expect([share, (await usage()).level]).toEqual([share, level]);
  }
});

test("recalculating adds up again what files occupy", async () => {
  const { platform, usage, recalculate, compared } = await storage();
  await upload(await platform.person("active"), await picture(), { url: platform.url });
  const { used_bytes } = await usage();
  await platform.sql("update storage_usage set used_bytes = 7");
  expect((await recalculate()).used_bytes).toBe(used_bytes);
  const { comparison } = await compared();
  expect(comparison).toEqual({
    objects: 2,
    unmatched: 0,
    removed: 0,
    corrected: 0,
    missing: 0,
    missing_ids: [],
    unknown: 0,
  });
});

test("what has belonged to no file for 30 days is removed, wrong sizes are corrected, and missing files are reported", async () => {
  const { platform, buckets, usage, recalculate, compared, age } = await storage();
  const { sql, fire, lastRun } = platform;
  const [kept, wrong, gone, fresh, coming] = [
    await file(platform),
    await file(platform, { size_bytes: 500 }),
    await file(platform, { kind: "event_photo" }),
    await file(platform, { updated_at: new Date() }),
    await file(platform, { kind: "event_cover", status: "uploading", updated_at: new Date() }),
  ];
  const cover = await file(platform, { kind: "event_cover" });
  const [orphan, public_orphan] = [anyKey("event_photo"), anyKey("logo")];
  for (const key of [`${kept}/full.webp`, `${wrong}/full.webp`, `${coming}/original`, `${orphan}/full.webp`])
    await buckets.private.put(key, bytes(10));
  await buckets.private.put(`${wrong}/thumb.webp`, bytes(3));
  await buckets.private.put("photos/2019/picnic.jpg", bytes(10));
  for (const key of [cover, public_orphan]) await buckets.public.put(`${key}/thumb.webp`, bytes(10));
  await fire(HOURLY);
  // Whoever restored an older state can still go back.
  expect((await usage()).comparison).toMatchObject({ unmatched: 2, removed: 0, corrected: 1 });
  await age(29);
  await recalculate();
  expect((await compared()).comparison).toMatchObject({ unmatched: 2, removed: 0 });
  await age(30);
  await again(sql);
  await fire(HOURLY);
  const [missing] = await sql<{ id: string }>("select id from stored_files where key = $1", [gone]);
  const found = {
    objects: 8,
    unmatched: 2,
    removed: 2,
    corrected: 0,
    missing: 1,
    missing_ids: [missing?.id],
    unknown: 1,
  };
  expect((await lastRun("storage"))?.report).toEqual(found);
  expect((await usage()).comparison).toEqual(found);
  expect([...(await objectsIn(buckets.private)).keys(), ...(await objectsIn(buckets.public)).keys()].sort()).toEqual(
    [
      `${kept}/full.webp`,
      `${wrong}/full.webp`,
      `${wrong}/thumb.webp`,
      `${coming}/original`,
      `${cover}/thumb.webp`,
      "photos/2019/picnic.jpg",
    ].sort(),
  );
  expect(
    await sql("select key, status, size_bytes::int from stored_files where key = any($1) order by size_bytes", [
      [gone, wrong, fresh],
    ]),
  ).toEqual(
    expect.arrayContaining([
      { key: wrong, status: "stored", size_bytes: 13 },
      { key: gone, status: "stored", size_bytes: 10 },
      { key: fresh, status: "stored", size_bytes: 10 },
    ]),
  );
  const { used_bytes } = await usage();
  expect((await sql("select sum(size_bytes)::int as sum from stored_files"))[0]?.sum).toBe(used_bytes);

  // Once a day is enough, unless somebody asks.
  await fire(HOURLY);
  expect((await usage()).comparison).toEqual(found);
  await recalculate();
  expect((await compared()).comparison).toMatchObject({ objects: 6, unmatched: 0, removed: 0 });
});

test("a file whose row comes back is no longer counted as without one", async () => {
  const { platform, buckets, recalculate, compared, age } = await storage();
  const [restored, key] = [anyKey("event_photo"), await file(platform)];
  for (const its of [restored, key]) await buckets.private.put(`${its}/full.webp`, bytes(10));
  await recalculate();
  expect((await compared()).comparison).toMatchObject({ unmatched: 1 });
  await age(40);
  await file(platform, { key: restored });
  await recalculate();
  expect((await compared()).comparison).toMatchObject({ unmatched: 0, removed: 0 });
  await platform.sql("delete from stored_files where key = $1", [restored]);
  await recalculate();
  expect((await compared()).comparison).toMatchObject({ unmatched: 1, removed: 0 });
});

test("more objects than one page holds are compared, and no file is torn at the edge of a page", async () => {
  const { platform, buckets, usage } = await storage();
  const { sql, fire } = platform;
  await sql(
    `insert into stored_files (kind, key, status, content_type, size_bytes, updated_at)
     select kind, kind || '/' || left(translate(md5(n::text) || md5(n::text), 'abc', 'A_-'), 22), 'stored', 'image/webp', 6, now() - interval '1 day'
     from generate_series(1, 100) n, lateral (select (array['profile_photo', 'event_photo', 'document'])[1 + n % 3] as kind) k`,
  );
  const files = await sql<{ key: string }>("select key from stored_files");
  await Promise.all(
    files.flatMap(({ key }) => ["a", "b", "c"].map((name) => buckets.private.put(`${key}/${name}`, bytes(2)))),
  );
  await fire(HOURLY);
  expect((await usage()).comparison).toEqual({
    objects: 300,
    unmatched: 0,
    removed: 0,
    corrected: 0,
    missing: 0,
    missing_ids: [],
    unknown: 0,
  });
});

test.each([
  ["more than a few objects belong to no file", 12, 30],
  ["the database knows no file", 1, 0],
])("where %s, none is ever deleted, and the job fails until somebody looks into it", async (_, unknown, known) => {
  const { platform, buckets, usage, age } = await storage();
  const keys = Array.from({ length: unknown }, () => `${anyKey("event_photo")}/full.webp`);
  for (let count = 0; count < known; count += 1) keys.push(`${await file(platform)}/full.webp`);
  await Promise.all(keys.map((key) => buckets.private.put(key, bytes(1))));
  for (let look = 0; look < 2; look += 1) {
    await platform.fire(HOURLY);
    expect(await platform.lastRun("storage")).toMatchObject({ outcome: "failed" });
    await platform.sql("delete from job_runs");
    await age(40);
    if (known > 0) await again(platform.sql);
  }
  expect((await objectsIn(buckets.private)).size).toBe(unknown + known);
  expect(await usage()).toMatchObject({ comparing: false, comparison: { unmatched: unknown, removed: 0 } });
});
