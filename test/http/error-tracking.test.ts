import { createServer } from "node:http";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readSettings } from "../../src/env.ts";
import { logFailure } from "../../src/http/error-tracking.ts";
import { outcome, put } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { settings, startWorker } from "../harness/platform.ts";
import { whileFailing } from "../harness/triggers.ts";

interface Received {
  path: string;
  auth: string;
  body: string;
}

const received: Received[] = [];
let status = 200;
const sentry = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const auth = String(request.headers["x-sentry-auth"]);
    received.push({ path: request.url ?? "", auth, body: Buffer.concat(chunks).toString() });
    if (status === 0) response.destroy();
    else response.writeHead(status, { Location: "/elsewhere" }).end("{}");
  });
});
await new Promise<void>((resolve) => sentry.listen(0, "127.0.0.1", resolve));
afterAll(() => sentry.close());
const address = sentry.address();
const SENTRY_DSN = `http://public@127.0.0.1:${typeof address === "object" ? address?.port : 0}/behind/7`;

beforeEach(() => {
  received.length = 0;
  status = 200;
});

const eventIn = ({ body }: Received) => body.split("\n").map((part) => JSON.parse(part))[2];

describe("a failed request", () => {
  const tracked = startWorker({ SENTRY_DSN, RELEASE: "4f2a1c9" });
  afterAll(async () => (await tracked).stop());

  test("is told to Sentry by its route and request id, without anybody's name or anything they typed", async () => {
    const { url } = await tracked;
    const member = await person("active");
    const typed = { first_name: "Sentinelle", city: "Sentinelton", pronouns: "sentinel" };
    const failing = { table: "users", on: "update", id: member.id } as const;
    await whileFailing(
      { ...failing, raise: "exception 'sentinel %', new.first_name using errcode = 'XX001'" },
      async () => {
        const answer = await put(`/api/members/profile`, typed, { ...member, url });
        expect(outcome(answer)).toEqual([500, "internal_error"]);
        await vi.waitFor(() => expect(received).toHaveLength(1));
        expect(eventIn(received[0] as Received)).toMatchObject({
          level: "error",
          environment: "development",
          release: "4f2a1c9",
          transaction: "PUT /api/members/profile",
          tags: { event: "request", request_id: answer.request_id, status: "500", code: "internal_error" },
          exception: { values: [{ type: "NeonDbError", value: "XX001" }] },
        });
      },
    );
    const [{ path, auth, body }] = received as [Received];
    expect([path, auth]).toEqual(["/behind/api/7/envelope/", expect.stringContaining("sentry_key=public")]);
    expect(eventIn(received[0] as Received).exception.values[0].stacktrace.frames.length).toBeGreaterThan(0);
    for (const hidden of [/sentinel/i, member.email, member.id, member.token, "127.0.0.1", "user", "Robin"])
      expect(body).not.toMatch(hidden);
  });

  test("is told only if it failed for a reason of ours", async () => {
    const { url } = await tracked;
    expect((await put("/api/members/profile", {}, { url })).status).toBe(401);
    expect(received).toEqual([]);
  });

  test.each([429, 500, 302, 0])("answers the same when Sentry answers %i", async (broken) => {
    status = broken;
    const { url } = await tracked;
    const member = await person("active");
    const failing = { table: "users", on: "update", id: member.id } as const;
    await whileFailing({ ...failing, raise: "exception 'broken' using errcode = 'XX001'" }, async () => {
      const answer = await put("/api/members/profile", { first_name: "Elm" }, { ...member, url });
      expect(outcome(answer)).toEqual([500, "internal_error"]);
      await vi.waitFor(() => expect(received).toHaveLength(1));
    });
    expect((await put("/api/members/profile", { first_name: "Elm" }, { ...member, url })).status).toBe(200);
  });
});

test("a failed job is told by its name, with no other field of the line", async () => {
  const frames = "at continueImports (src/import.ts:3:9) < at index.js:1:20";
  const line = {
    level: "error",
    event: "job_failed",
    request_id: "r1",
    job: "import",
    error: "TypeError",
    frames,
  } as const;
  await logFailure({ ...settings, SENTRY_DSN }, { ...line, message: "sentinel@example.org", path: "/sentinel" });
  const event = eventIn(received[0] as Received);
  expect(event).toMatchObject({
    transaction: "import",
    tags: { event: "job_failed", request_id: "r1", job: "import" },
  });
  expect(event.exception.values).toEqual([
    {
      type: "TypeError",
      value: "job_failed",
      stacktrace: {
        frames: [
          { function: "?", filename: "index.js", lineno: 1, colno: 20, in_app: true },
          { function: "continueImports", filename: "src/import.ts", lineno: 3, colno: 9, in_app: true },
        ],
      },
    },
  ]);
  expect(received[0]?.body).not.toContain("sentinel");
});

test.each([
  ["https://key@o1.ingest.sentry.io/1", "production", true],
  ["https://key:secret@sentry.example.org/path/1", "staging", true],
  ["http://key@127.0.0.1:9/1", "development", true],
  ["http://key@127.0.0.1:9/1", "production", false],
  ["http://key@sentry.example.org/1", "development", false],
  ["https://sentry.example.org/1", "production", false],
  ["https://key@sentry.example.org/", "production", false],
  ["https://key@sentry.example.org/1?to=2", "production", false],
  ["sentry", "production", false],
])("SENTRY_DSN %s in %s: %s", (dsn, ENVIRONMENT, fits) => {
  const lists = {
    CORS_ORIGINS: "",
    STRIPE_WEBHOOK_SECRET: "whsec_x",
    MAIL_WEBHOOK_SECRET: "",
    SECOND_FACTOR_KEY: "k".repeat(64),
  };
  const read = () => readSettings({ ...settings, ...lists, ENVIRONMENT, SENTRY_DSN: dsn });
  if (fits) expect(read().SENTRY_DSN).toBe(dsn);
  else expect(read).toThrow(/SENTRY_DSN must/);
});
