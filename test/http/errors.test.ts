import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { routes } from "../../src/routes.ts";
import { refresh, refreshTokenOf } from "../harness/accounts.ts";
import {
  type Answer,
  call,
  expectDiscreet,
  follow,
  get,
  logged,
  outcome,
  post,
  put,
  tripsOf,
} from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { whileFailing } from "../harness/triggers.ts";

const anId = "00000000-0000-4000-8000-000000000000";
const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, anId);

describe.concurrent("a request that leads nowhere", () => {
  test("is 404, whatever it asks for", async () => {
    const segment = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => `x${text}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
        fc.constantFrom("", "/api", "/api/admin"),
        async (segments, method, prefix) => {
          const answer = await call(method, `${prefix}/${segments.map(encodeURIComponent).join("/")}`);
          expect(outcome(answer)).toEqual([404, "not_found"]);
          expectDiscreet(answer);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.for(["/api", "/api/", "/API/plans", "/api/plans//", "//health", "//health/", "/%", "/api/plans%00"])(
    "is 404 at %s",
    async (path) => {
      expect(outcome(await get(path))).toEqual([404, "not_found"]);
    },
  );

  test("is 405 for another method, and says which there are", async () => {
    const paths = new Map<string, string[]>();
    for (const { path, method } of routes) paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()]);
    for (const [path, methods] of paths) {
      const others = ["GET", "POST", "PUT", "DELETE", "PATCH"].filter((method) => !methods.includes(method));
      for (const method of others) {
        const answer = await call(method, pathOf(path));
        expect([path, method, ...outcome(answer)]).toEqual([path, method, 405, "method_not_allowed"]);
        const allowed = answer.headers.get("Allow")?.split(", ") ?? [];
        const reads = routes.some((route) => route.path === path && route.method === "get" && !route.changes);
        expect(allowed.sort()).toEqual([...methods, ...(reads ? ["HEAD"] : [])].sort());
      }
    }
  });

  test("is answered by HEAD as by GET, without a body", async () => {
    const found = await call("HEAD", "/health");
    const docs = await call("HEAD", "/openapi.json");
    expect([docs.status, docs.text]).toEqual([200, ""]);
    expect([found.status, found.text]).toEqual([200, ""]);
    const event = await call("HEAD", `/api/events/${anId}`);
    expect([event.status, event.text]).toEqual([404, ""]);
    const posted = await call("HEAD", "/api/auth/login");
    expect([posted.status, posted.text, posted.headers.get("Allow")]).toEqual([405, "", "POST"]);
  });
});

test.concurrent("guessing from one address is slowed down, and from others it is not", async () => {
  const guess = (address: string) =>
    follow("/api/auth/verify-email?token=guessed", { headers: { "CF-Connecting-IP": address } });
  const answers: Answer[] = [];
  // Twice the limit and one: enough even when the minute turns in between.
  for (let count = 0; count < 61; count += 1) answers.push(await guess("203.0.113.5"));
  expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(400));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused && outcome(refused)).toEqual([429, "too_many_requests"]);
  expect(refused?.headers.get("Retry-After")).toBe("60");
  expect((await guess("203.0.113.6")).status).toBe(400);
});

describe.concurrent("when the database fails", () => {
  const failures = [
    { mode: "before" },
    { mode: "after_commit" },
    { mode: "status", status: 500 },
    { mode: "status", status: 413 },
    { mode: "status", status: 507 },
  ] as const;

  test.for(failures)("once, a read is asked for again and nobody notices ($mode $status)", async (fault) => {
    const reader = await person();
    await failDatabase({ ...fault, match: reader.id });
    const answer = await get("/api/auth/me", reader);
    expect([answer.status, answer.body.id]).toEqual([200, reader.id]);
    expect((await tripsOf(answer)).before).toBe(2);
  });

  test.for(failures)("again and again, a read is 503 ($mode $status)", async (fault) => {
    const reader = await person();
    await failDatabase({ ...fault, count: 10, match: reader.id });
    const answer = await get("/api/auth/me", reader);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expectDiscreet(answer);
    expect((await tripsOf(answer)).before).toBeGreaterThan(1);
  });

  test.for([
    { mode: "before", status: "pending_validation" },
    { mode: "status", status: "pending_validation" },
    { mode: "after_commit", status: "payment_pending" },
  ] as const)("a write is 503 at once, since it may have happened ($mode)", async ({ mode, status }) => {
    const [admin, applicant] = await Promise.all([volunteer("users.approve"), person("pending_validation")]);
    await failDatabase({ mode, match: applicant.id });
    const answer = await put(`/api/admin/users/${applicant.id}/approve`, undefined, admin);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expectDiscreet(answer);
    expect((await tripsOf(answer)).before).toBe(1);
    expect(await sql("select status from users where id = $1", [applicant.id])).toEqual([{ status }]);
  });

  test("a write that may be repeated is", async () => {
    const owner = await person();
    const token = await refreshTokenOf(owner);
    await failDatabase({ mode: "after_commit", match: owner.session_id });
    const answer = await refresh(token);
    expect(answer.status).toBe(200);
    expect((await tripsOf(answer)).before).toBe(2);
    // The session went on by one, not by two.
    expect(await sql("select generation from sessions where id = $1", [owner.session_id])).toEqual([{ generation: 2 }]);
  });
});

describe("when a transaction collides with another", () => {
  const colliding = (session_id: string, times: number, work: () => Promise<void>) =>
    whileFailing({ table: "sessions", on: "update", id: session_id, raise: "serialization_failure", times }, work);

  test("it is tried again, since nothing was done", async () => {
    const leaver = await person();
    await colliding(leaver.session_id, 2, async () => {
      const answer = await post("/api/auth/logout", undefined, leaver);
      expect(answer.status).toBe(200);
      expect((await tripsOf(answer)).before).toBe(3);
    });
    expect(outcome(await get("/api/auth/me", leaver))).toEqual([401, "session_ended"]);
  });

  test("and does so time and again, it is 503, and nothing was done", async () => {
    const leaver = await person();
    await colliding(leaver.session_id, 50, async () => {
      const answer = await post("/api/auth/logout", undefined, leaver);
      expect(outcome(answer)).toEqual([503, "database_unavailable"]);
      expectDiscreet(answer);
    });
    expect((await get("/api/auth/me", leaver)).status).toBe(200);
  });
});

test("a defect of ours is a plain 500: its cause is in the log, and not in the answer", async () => {
  const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const leaver = await person();
  const defect = { table: "sessions", on: "update", id: leaver.session_id, raise: "exception 'a defect'" } as const;
  const answer = await whileFailing(defect, () => post("/api/auth/logout", undefined, leaver));
  silence.mockRestore();
  expect(outcome(answer)).toEqual([500, "internal_error"]);
  expect(answer.body.detail).toBe("Something went wrong on our side. It has been logged.");
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expectDiscreet(answer);
  const lines = await vi.waitFor(() => {
    const found = logged(answer.request_id);
    expect(found).toHaveLength(1);
    return found.map((line) => JSON.parse(line));
  });
  expect(lines).toMatchObject([
    { level: "error", status: 500, code: "internal_error", route: "/api/auth/logout", method: "POST" },
  ]);
});
