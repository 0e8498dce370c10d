import { type Route, success } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { startWorker } from "../test/harness/platform.ts";
import { startEmpty } from "./floor/workers.ts";
import { printTable } from "./table.ts";
import { type Workerd, withItsWorkerd } from "./workerd.ts";

const WARM_UP = 50;
const REQUESTS = 300;
/** As in `wrangler.toml`. They find little to do here. */
const CRONS = ["17 * * * *", "17 3 * * *"];

/**
 * Routes that can be called repeatedly: reads. Signing in is left out because its CPU time is the hash, and files because they
 * are in the R2 of another Worker.
 */
const isMeasured = ({ method, path, tag, credentials }: Route) =>
  path === "/api/auth/login" || (method === "get" && !credentials && tag !== "Files");

/**
 * CPU time of workerd per request, minus that of an empty Worker. Includes workerd's work for the database connection.
 */
export async function measureCpu(): Promise<void> {
  const { started: empty, workerd: idle } = await withItsWorkerd(startEmpty);
  await msOf(idle, WARM_UP, asker(empty.url));
  const least = await msOf(idle, REQUESTS, asker(empty.url));
  await empty.stop();

  const { started, workerd } = await withItsWorkerd(() => startWorker());
  const rows: string[][] = [["empty Worker", least.toFixed(2), ""]];
  for (const route of routes.filter(isMeasured)) {
    const ask = asker(started.url, { ...(await exampleOf(route)), route });
    await msOf(workerd, route.credentials ? 20 : WARM_UP, ask);
    const ms = await msOf(workerd, route.credentials ? 20 : REQUESTS, ask);
    rows.push([nameOf(route), ms.toFixed(2), (ms - least).toFixed(2)]);
  }
  for (const cron of CRONS) {
    const run = () => started.fire(cron);
    await msOf(workerd, 5, run);
    const ms = await msOf(workerd, 20, run);
    rows.push([`cron ${cron}`, ms.toFixed(2), (ms - least).toFixed(2)]);
  }
  await started.stop();
  printTable("CPU time per request, in milliseconds", ["route", "workerd", "above empty Worker"], rows);
}

let callers = 0;

/**
 * Sends a Worker the same request repeatedly and reads each response to the end. Each request comes from a new address,
 * so none is rate-limited.
 */
export function asker(
  url: string,
  { path = "", token, body, route }: { path?: string; token?: string | undefined; body?: unknown; route?: Route } = {},
): () => Promise<void> {
  const status = route ? success(route).status : 200;
  return async () => {
    callers += 1;
    const answer = await fetch(url + path, {
      method: route?.method.toUpperCase() ?? "GET",
      headers: {
        "CF-Connecting-IP": `10.${[callers >> 16, callers >> 8, callers].map((part) => part & 255).join(".")}`,
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${text}`);
  };
}

/** Makes this many requests. Resolves to the CPU time per request, in milliseconds. */
export async function msOf(workerd: Workerd, requests: number, ask: () => Promise<void>): Promise<number> {
  const before = await workerd.cpuMs();
  for (let request = 0; request < requests; request += 1) await ask();
  return ((await workerd.cpuMs()) - before) / requests;
}
