import { expect, test } from "vitest";
import { reader } from "../../local/worker-output.ts";

const read = (...lines: string[]) => {
  const readable = reader(() => new Date(2026, 0, 2, 9, 5, 7));
  return lines.map((line) => readable(line));
};
const request = { level: "info", event: "request", request_id: "r-1", method: "GET", route: "/api/plans", status: 200 };

test("a request is one line", () => {
  expect(
    read(
      JSON.stringify({ ...request, trips: 1, ms: 12 }),
      JSON.stringify({ ...request, route: null, status: 404, trips: 0, code: "not_found" }),
    ),
  ).toEqual([
    "09:05:07  GET      200  /api/plans  1 trip  12 ms",
    "09:05:07  GET      404  (no route)  0 trips  code=not_found",
  ]);
});

test("an error has its stack below it, and the id that its answer names", () => {
  const error = { level: "error", status: 500, trips: 1, error: "TypeError", message: "no", frames: "at a < at b" };
  expect(read(JSON.stringify({ ...request, ...error }))).toEqual([
    "09:05:07  GET      500  /api/plans  1 trip  error=TypeError  message=no  request_id=r-1\n    at a\n    at b",
  ]);
});

test("another event is one line with what it says", () => {
  expect(read(JSON.stringify({ level: "error", event: "job_failed", request_id: "r-2", job: "mails" }))).toEqual([
    "09:05:07  error  job_failed  job=mails  request_id=r-2",
  ]);
});

test("the line of a job leaves out what it counted as zero", () => {
  const counted = { not_sent: 0, event_reminder: 2, card_expiring: 0 };
  expect(
    read(JSON.stringify({ level: "info", event: "job", request_id: "r-3", job: "reminders", ...counted })),
  ).toEqual(["09:05:07  info  job  job=reminders  event_reminder=2"]);
});

test("of wrangler's own words only errors are shown, wholly", () => {
  expect(
    read("⎔ Reloading local server...", "✘ [ERROR] Build failed", "", "    src/app.ts:3:4:", "⎔ Watching", "{not JSON"),
  ).toEqual([undefined, "✘ [ERROR] Build failed", "", "    src/app.ts:3:4:", undefined, undefined]);
});
