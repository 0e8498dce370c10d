import { expect, test } from "vitest";
import type { Check } from "../../../cli/doctor/check.ts";
import {
  buckets,
  crons,
  feedbackSecret,
  images,
  queue,
  REQUIRED_SECRETS,
  secrets,
} from "../../../cli/doctor/cloudflare.ts";
import { AT, bindings, bucket, CLOUDFLARE, result, SCRIPT } from "./scenes.ts";
import { Answering, linesOf, type Scene, seeing, standIn } from "./stand-in.ts";

const look = async (check: Check, scene: Scene, vars: Record<string, string> = {}) => {
  const cloudflare = await standIn({ ...CLOUDFLARE, ...scene });
  const seen = seeing({}, { R2_PUBLIC_URL: "https://files.loaf.example", ...vars });
  return linesOf(check, { ...seen, addresses: { ...seen.addresses, cloudflare } });
};

test("a correct account passes", async () => {
  for (const check of [buckets, images, queue, crons, secrets, feedbackSecret])
    expect((await look(check, {})).map(([state]) => state)).not.toContain("wrong");
  expect(await look(buckets, {})).toEqual([
    ["ok", "loaf-photos is private"],
    ["ok", "loaf-public is public at files.loaf.example"],
  ]);
});

test.each<[string, Check, Scene, string]>([
  [
    "a bucket is missing",
    buckets,
    { [`${AT}/r2/buckets/loaf-photos`]: new Answering(404) },
    "there is no bucket loaf-photos",
  ],
  [
    "photos are public at r2.dev",
    buckets,
    bucket("loaf-photos", { dev: true }),
    "loaf-photos is public at r2.dev: everybody can open photos of people",
  ],
  [
    "photos are public at a domain",
    buckets,
    bucket("loaf-photos", { domain: "photos.loaf.example" }),
    "loaf-photos is public at photos.loaf.example: everybody can open photos of people",
  ],
  ["covers are not public", buckets, bucket("loaf-public"), "loaf-public is not public at files.loaf.example"],
  ["the queue is missing", queue, { [`${AT}/queues`]: result([]) }, "there is no queue loaf-doorbell"],
  [
    "nobody reads the queue",
    queue,
    { [`${AT}/queues`]: result([{ queue_name: "loaf-doorbell", consumers: [] }]) },
    "loaf-api-production does not read the queue loaf-doorbell",
  ],
  [
    "a cron is missing",
    crons,
    { [`${SCRIPT}/schedules`]: result({ schedules: [{ cron: "17 * * * *" }] }) },
    '"20 3 * * *" never runs',
  ],
  ["nothing is deployed", crons, { [`${SCRIPT}/schedules`]: new Answering(404) }, "the Worker is not deployed"],
  [
    "the Worker has no images",
    images,
    { [`${SCRIPT}/settings`]: result({ bindings: [] }) },
    "the Worker has no binding IMAGES, so photos are refused",
  ],
  [
    "a secret is missing",
    secrets,
    { [`${SCRIPT}/settings`]: bindings(...REQUIRED_SECRETS.filter((name) => name !== "JWT_SECRET")) },
    "it lacks JWT_SECRET",
  ],
  [
    "production withholds its email",
    secrets,
    { [`${SCRIPT}/settings`]: bindings(...REQUIRED_SECRETS, "MAIL_ALLOWED") },
    "it has MAIL_ALLOWED, so members get no email",
  ],
  [
    "nobody tells us of bounces",
    feedbackSecret,
    { [`${SCRIPT}/settings`]: bindings(...REQUIRED_SECRETS) },
    "the Worker lacks MAIL_WEBHOOK_SECRET, so we hear nothing of bounces and complaints",
  ],
  ["Cloudflare fails", queue, { [`${AT}/queues`]: new Answering(500) }, "Cloudflare answers 500"],
])("it says that %s", async (_, check, scene, about) => {
  expect(await look(check, scene)).toEqual([["wrong", about]]);
});

test("without a token, or with one that may not ask, it says what was not checked", async () => {
  for (const check of [buckets, images, queue, crons, secrets, feedbackSecret])
    expect(await linesOf(check, seeing({ cloudflare: undefined }))).toEqual([
      ["not checked", expect.stringContaining("token")],
    ]);
  expect(await look(queue, { [`${AT}/queues`]: new Answering(403) })).toEqual([
    ["not checked", "CLOUDFLARE_API_TOKEN may not ask (403)"],
  ]);
});
