import { vi } from "vitest";
import * as z from "zod";
import { neon_url } from "./platform.ts";

/** Makes the next database requests that contain `match` fail. See local/neon. */
export async function failDatabase(fault: {
  mode: "before" | "after_commit" | "delay" | "late" | "status";
  match: string;
  count?: number;
  status?: 413 | 500 | 507;
  ms?: number;
  /** How many matching requests to let through first. */
  skip?: number;
}): Promise<void> {
  const answer = await fetch(`${neon_url}/faults`, { method: "POST", body: JSON.stringify({ count: 1, ...fault }) });
  if (!answer.ok) throw new Error(`The fault was rejected: ${await answer.text()}`);
}

/** The same for the second request from now that contains `match`. */
export async function failDatabaseLater(fault: Parameters<typeof failDatabase>[0]): Promise<void> {
  await failDatabase({ ...fault, skip: 1 });
}

const Stats = z.object({ requests: z.number() });

/** How many database requests have contained this text. */
export async function askedFor(match: string): Promise<number> {
  const answer = await fetch(`${neon_url}/stats?match=${encodeURIComponent(match)}`);
  return Stats.parse(await answer.json()).requests;
}

/** Waits until so many have. */
export const untilAskedFor = (match: string, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const asked = await askedFor(match);
      if (asked < count) throw new Error(`${asked} of ${count} requests contained ${match}`);
    },
    { timeout: 10_000, interval: 20 },
  );
