import { expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { startWorker } from "../harness/platform.ts";

async function allowed(Origin: string, given: { url?: string } = {}): Promise<string | null> {
  const answer = await get("/api/plans", { ...given, headers: { Origin } });
  return answer.headers.get("Access-Control-Allow-Origin");
}

const HERE = ["http://localhost", "http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:8080"];

test("frontends on this machine may call in development alone", async () => {
  for (const origin of HERE) expect(await allowed(origin)).toBe(origin);
  const staging = await startWorker({ ENVIRONMENT: "staging", SECOND_FACTOR_KEY: "staging".repeat(5) });
  try {
    for (const origin of HERE) expect(await allowed(origin, staging)).toBeNull();
  } finally {
    await staging.stop();
  }
});

test.for([
  "https://localhost:5173",
  "http://localhost.evil.example",
  "http://evil.example/localhost",
  "http://127.0.0.1.evil.example:3000",
  "http://127.0.0.2:3000",
  "null",
])("what only looks like this machine may not: %s", async (origin) => {
  expect(await allowed(origin)).toBeNull();
});
