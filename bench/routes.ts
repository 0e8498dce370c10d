import { setTimeout as sleep } from "node:timers/promises";
import { success } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { type Answer, call, tripsOf } from "../test/harness/client.ts";
import { neon_url } from "../test/harness/platform.ts";
import { printTable } from "./table.ts";
import { median, timed } from "./times.ts";

const RUNS = 5;
const DELAY_MS = 20;

export interface RouteFigures {
  name: string;
  declared: number;
  before: number;
}

/**
 * Every route's database round trips, as counted by the Neon endpoint, and its latency with and without 20 ms added to
 * each trip.
 */
export async function measureRoutes(): Promise<RouteFigures[]> {
  const plain = await measureAll();
  // Leaves time for work that continues after the response.
  await sleep(1000);
  const trips = await Promise.all(plain.map(({ answer }) => tripsOf(answer)));

  await fetch(`${neon_url}/faults`, {
    method: "POST",
    body: JSON.stringify({ mode: "delay", ms: DELAY_MS, count: 1_000_000 }),
  });
  const delayed = await measureAll().finally(() => fetch(`${neon_url}/faults`, { method: "DELETE" }));

  const figures = routes.map((route, index) => ({
    name: nameOf(route),
    declared: route.round_trips ?? 1,
    before: trips[index]?.before ?? Number.NaN,
    after: trips[index]?.after ?? Number.NaN,
    ms: plain[index]?.ms ?? Number.NaN,
    delayed_ms: delayed[index]?.ms ?? Number.NaN,
  }));
  printTable(
    `Routes: database round trips and milliseconds (median of ${RUNS}), also with ${DELAY_MS} ms added per trip`,
    ["route", "trips", "after", "ms", `ms +${DELAY_MS}`, "added"],
    figures.map(({ name, declared, before, after, ms, delayed_ms }) => [
      name,
      `${before}${before === declared ? "" : ` of ${declared}`}`,
      String(after),
      ms.toFixed(0),
      delayed_ms.toFixed(0),
      (delayed_ms - ms).toFixed(0),
    ]),
  );
  return figures;
}

/** The median time of each route, and one of its responses. */
async function measureAll(): Promise<{ ms: number; answer: Answer<unknown> }[]> {
  const measured: { ms: number; answer: Answer<unknown> }[] = [];
  for (const route of routes) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { path, ...options } = await exampleOf(route);
      const { result, ms } = await timed(() => call<unknown>(route.method.toUpperCase(), path, options));
      if (result.status !== success(route).status)
        throw new Error(`${nameOf(route)} answered ${result.status}: ${result.text}`);
      runs.push({ ms, answer: result });
    }
    const [first] = runs;
    if (first) measured.push({ ms: median(runs.map(({ ms }) => ms)), answer: first.answer });
  }
  return measured;
}
