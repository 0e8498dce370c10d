import { expect, test } from "vitest";
import { clock, ready } from "../../../cli/doctor/worker.ts";
import { Answering, linesOf, seeing, standIn } from "./stand-in.ts";

const HOUR = 3_600_000;

test("a ready Worker passes, and the clocks agree", async () => {
  const API_URL = await standIn({ "/health/ready": { status: "ok", late_jobs: [] }, "/health": { status: "ok" } });
  expect(await linesOf(ready, seeing({}, { API_URL }))).toEqual([["ok", `${API_URL}/health/ready answers`]]);
  expect(await linesOf(clock, seeing({}, { API_URL }))).toEqual([["ok", expect.any(String)]]);
});

test.each([
  [{ status: "degraded", late_jobs: ["reconcile"] }, "jobs are late: reconcile"],
  [
    new Answering(503, { code: "misconfigured", detail: "The service is not configured: JWT_SECRET is missing" }),
    "The service is not configured: JWT_SECRET is missing",
  ],
  [new Answering(503, { code: "database_unavailable", detail: "x" }), "ready answers 503 database_unavailable"],
  [new Answering(404, "a page"), "ready answers 404"],
])("a Worker that is not ready says why: %j", async (answer, about) => {
  const API_URL = await standIn({ "/health/ready": answer });
  expect(await linesOf(ready, seeing({}, { API_URL }))).toEqual([["wrong", expect.stringContaining(about)]]);
});

test("an address where nobody answers is noticed", async () => {
  const API_URL = "http://127.0.0.1:1";
  expect(await linesOf(ready, seeing({}, { API_URL }))).toEqual([
    ["wrong", expect.stringContaining("does not answer")],
  ]);
  expect(await linesOf(clock, seeing({}, { API_URL }))).toEqual([
    ["not checked", "nothing answers that tells the time"],
  ]);
});

test.each([
  [HOUR, "ahead"],
  [-HOUR, "behind"],
])("a clock that is %i ms off is noticed", async (off, which) => {
  const API_URL = await standIn({ "/health": { status: "ok" } });
  const seen = seeing({ now: () => Date.now() + off }, { API_URL });
  expect(await linesOf(clock, seen)).toEqual([
    ["wrong", expect.stringMatching(`^this machine is 3\\d{3} seconds ${which}$`)],
  ]);
});
