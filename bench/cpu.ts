import { type Route, success } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { startWorker } from "../test/harness/platform.ts";
import { startEmpty } from "./floor/workers.ts";
import { printTable } from "./table.ts";
import { type Workerd, withItsWorkerd } from "./workerd.ts";

const WARM_UP = 50;
const REQUESTS = 300;

/** What may be asked again and again: reading. Signing in is the one that computes. */
const isMeasured = ({ method, path, credentials }: Route) =>
  path === "/api/auth/login" || (method === "get" && !credentials);

/**
 * Processor time of workerd by request, less what an empty Worker takes. It includes workerd's own work for the connection
 * to the database.
 */
export async function measureCpu(): Promise<void> {
  const { started: empty, workerd: idle } = await withItsWorkerd(startEmpty);
  await msOf(idle, WARM_UP, asker(empty.url));
  const least = await msOf(idle, REQUESTS, asker(empty.url));
  await empty.stop();

  const { started, workerd } = await withItsWorkerd(() => startWorker());
  const rows: string[][] = [["an empty Worker", least.toFixed(2), ""]];
  for (const route of routes.filter(isMeasured)) {
    const ask = asker(started.url, { ...(await exampleOf(route)), route });
    await msOf(workerd, route.credentials ? 20 : WARM_UP, ask);
    const ms = await msOf(workerd, route.credentials ? 20 : REQUESTS, ask);
    rows.push([nameOf(route), ms.toFixed(2), (ms - least).toFixed(2)]);
  }
  await started.stop();
  printTable("Processor time by request, milliseconds", ["route", "workerd", "over an empty Worker"], rows);
}

let callers = 0;

/**
 * Asks a Worker the same again and again, and reads the answer to its end. Every time somebody else asks, from an address
 * of their own: none is limited.
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

/** Asks so many times; resolves to the processor time of each, in milliseconds. */
export async function msOf(workerd: Workerd, requests: number, ask: () => Promise<void>): Promise<number> {
  const before = await workerd.cpuMs();
  for (let request = 0; request < requests; request += 1) await ask();
  return ((await workerd.cpuMs()) - before) / requests;
}
