import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { type Route, success } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { startWorker } from "../test/harness/platform.ts";
import { printTable } from "./table.ts";
import { type Workerd, withItsWorkerd } from "./workerd.ts";

/** The least a Worker can do: what every request costs before any of our code. */
const EMPTY_WORKER = 'export default { fetch: () => Response.json({ status: "ok" }) };';

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
  const empty = new Miniflare(
    convertV4MiniflareOptions({ modules: true, script: EMPTY_WORKER, compatibilityDate: "2026-10-20" }),
  );
  const { started: nothing, workerd: idle } = await withItsWorkerd(() => empty.ready);
  const least = await msEach(idle, REQUESTS, () => fetch(nothing));
  await empty.dispose();

  const { started, workerd } = await withItsWorkerd(() => startWorker());
  const rows: string[][] = [["an empty Worker", least.toFixed(2), ""]];
  for (const route of routes.filter(isMeasured)) {
    const { path, token, body } = await exampleOf(route);
    let caller = 0;
    const ask = async () => {
      caller += 1;
      const answer = await fetch(started.url + path, {
        method: route.method.toUpperCase(),
        headers: {
          // Everybody from an address of their own: none is limited.
          "CF-Connecting-IP": `10.1.${caller >> 8}.${caller & 255}`,
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (answer.status !== success(route).status) throw new Error(`${nameOf(route)} answered ${answer.status}`);
      return answer;
    };
    const ms = await msEach(workerd, route.credentials ? 20 : REQUESTS, ask);
    rows.push([nameOf(route), ms.toFixed(2), (ms - least).toFixed(2)]);
  }
  await started.stop();
  printTable("Processor time by request, milliseconds", ["route", "workerd", "over an empty Worker"], rows);
}

async function msEach(workerd: Workerd, requests: number, ask: () => Promise<Response>): Promise<number> {
  const times = async (count: number) => {
    for (let request = 0; request < count; request += 1) await (await ask()).arrayBuffer();
  };
  await times(Math.min(WARM_UP, requests));
  const before = await workerd.cpuMs();
  await times(requests);
  return ((await workerd.cpuMs()) - before) / requests;
}
