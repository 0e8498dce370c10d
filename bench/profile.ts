import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { inject } from "vitest";
import * as z from "zod";
import { ROOT } from "../local/settings.ts";
import { routes } from "../src/routes.ts";
import { exampleOf, nameOf } from "../test/generated/examples.ts";
import { settings, stripe_url } from "../test/harness/platform.ts";
import { asker } from "./cpu.ts";
import { printTable } from "./table.ts";
import { wrangler } from "./wrangler.ts";

const BUILT = join(ROOT, "dist/bench/unminified");
const PROFILES = join(ROOT, "dist/profiles");
const WARM_UP = 500;
const REQUESTS = 2000;
const MICROSECONDS_BETWEEN_SAMPLES = 100;
const PRINTED = 45;

const CallFrame = z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() });
type CallFrame = z.infer<typeof CallFrame>;

/** The part of a CPU profile that we read: the call tree, and the node that each sample found running. */
const CpuProfile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: CallFrame, children: z.array(z.number()).optional() })),
  samples: z.array(z.number()),
});
type CpuProfile = z.infer<typeof CpuProfile>;

/**
 * Writes a CPU profile of the isolate for each route, which a browser's developer tools can open. Prints where the time
 * goes, by library and folder and by function. The Worker is built without minification to keep its names. A log line costs
 * several times more here than without the inspector, and the rate limit is Miniflare's own: the fast path shows what both
 * really cost.
 */
export async function profileRoutes(names: string[]): Promise<void> {
  await rm(BUILT, { recursive: true, force: true });
  await mkdir(PROFILES, { recursive: true });
  await wrangler("deploy", "--dry-run", "--env", "test", "--outdir", BUILT);
  const sourceOf = sources(await readFile(join(BUILT, "index.js"), "utf8"));
  const miniflare = startUnminified();
  const { origin: url } = await miniflare.ready;
  for (const name of names) {
    const route = routes.find((each) => nameOf(each) === name);
    if (!route) throw new Error(`Unknown route: ${name}. Use names like "get /api/events".`);
    const ask = asker(url, { ...(await exampleOf(route)), route });
    for (let request = 0; request < WARM_UP; request += 1) await ask();
    const profile = await recordProfile(miniflare, async () => {
      for (let request = 0; request < REQUESTS; request += 1) await ask();
    });
    const file = join(PROFILES, `${name.replaceAll(/\W+/g, "-")}.cpuprofile`);
    await writeFile(file, JSON.stringify(profile));
    print(`${name}: ${file}`, CpuProfile.parse(profile), sourceOf);
  }
  await miniflare.dispose();
}

function startUnminified(): Miniflare {
  return new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      inspectorPort: 0,
      logRequests: false,
      // Discards the Worker's log.
      handleStructuredLogs: () => undefined,
      workers: [
        {
          ...inject("worker_options"),
          name: "loaf-api",
          modulesRoot: BUILT,
          modules: [{ type: "ESModule", path: join(BUILT, "index.js") }],
          bindings: { ...inject("stack").vars, JWT_SECRET: settings.JWT_SECRET, STRIPE_API_BASE: stripe_url },
        },
      ],
    }),
  );
}

/** Profiles the Worker's isolate while the work runs. Resolves to the profile. */
async function recordProfile(miniflare: Miniflare, work: () => Promise<void>): Promise<unknown> {
  const inspector = await miniflare.getInspectorURL();
  const isolates = await (await fetch(new URL("/json", inspector.href.replace("ws:", "http:")))).json();
  const ours = z
    .array(z.object({ webSocketDebuggerUrl: z.string() }))
    .parse(isolates)
    .find(({ webSocketDebuggerUrl }) => webSocketDebuggerUrl.endsWith("core:user:loaf-api"));
  if (!ours) throw new Error(`workerd's inspector does not list our Worker: ${JSON.stringify(isolates)}`);
  const socket = new WebSocket(ours.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  let calls = 0;
  const tell = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      calls += 1;
      const id = calls;
      socket.addEventListener("message", function hear({ data }) {
        const answer = JSON.parse(String(data));
        if (answer.id !== id) return;
        socket.removeEventListener("message", hear);
        if (answer.error) reject(new Error(`${method}: ${JSON.stringify(answer.error)}`));
        else resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  await tell("Profiler.enable");
  await tell("Profiler.setSamplingInterval", { interval: MICROSECONDS_BETWEEN_SAMPLES });
  await tell("Profiler.start");
  await work();
  const { profile } = z.object({ profile: z.unknown() }).parse(await tell("Profiler.stop"));
  socket.close();
  return profile;
}

/** Maps a line of the built Worker to its source file, using the file paths that the bundler adds as comments. */
function sources(script: string): (line: number) => string {
  let current = "the bundler";
  const byLine = script.split("\n").map((line) => {
    current = /^\/\/ ((?:\S*\/)?(?:node_modules|src)\/\S+)$/.exec(line)?.[1] ?? current;
    return current.replace(/^.*node_modules\//, "");
  });
  return (line) => byLine[line] ?? "";
}

/** The owner of `hono/dist/context.js` is hono. The owner of `src/http/mount.ts` is src/http. */
const ownerOf = (source: string) => /^(@[^/]+\/[^/]+|src\/[^/]+|[^/]+)/.exec(source)?.[0] ?? source;

/**
 * Counts samples instead of adding up time, because the Worker may have been waiting between two samples. Work that the
 * runtime does for a function counts toward that function.
 */
function print(heading: string, { nodes, samples }: CpuProfile, sourceOf: (line: number) => string): void {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  /** The functions that were running, innermost first. */
  const stackOf = (id: number | undefined): CallFrame[] => {
    const frame = id === undefined ? undefined : frames.get(id);
    return frame && frame.functionName !== "(root)" ? [frame, ...stackOf(parents.get(id ?? 0))] : [];
  };
  const isOfRuntime = ({ url }: CallFrame) => url === "";
  const nameOfFrame = ({ functionName, url, lineNumber }: CallFrame) => {
    const name = functionName || "(anonymous)";
    if (url === "") return name;
    const in_bundle = url.endsWith("index.js");
    return `${name}  ${in_bundle ? sourceOf(lineNumber) : url}  line ${lineNumber + 1}`;
  };

  const counted = { owners: new Map<string, number>(), own: new Map<string, number>(), all: new Map<string, number>() };
  const count = (group: Map<string, number>, key: string) => group.set(key, (group.get(key) ?? 0) + 1);
  let total = 0;
  for (const sample of samples) {
    const stack = stackOf(sample);
    const [innermost] = stack;
    if (!innermost || innermost.functionName === "(idle)") continue;
    total += 1;
    const script = stack.find((frame) => !isOfRuntime(frame));
    const source = script && (script.url.endsWith("index.js") ? sourceOf(script.lineNumber) : script.url);
    count(counted.owners, source ? ownerOf(source) : nameOfFrame(innermost));
    const name = isOfRuntime(innermost) && script ? `${nameOfFrame(innermost)} by ` : "";
    count(counted.own, name + nameOfFrame(script ?? innermost));
    for (const called of new Set(stack.map(nameOfFrame))) count(counted.all, called);
  }
  const percent = (samples: number) => `${((samples / total) * 100).toFixed(1)} %`;
  const rows = (group: Map<string, number>) =>
    [...group]
      .sort(([, a], [, b]) => b - a)
      .slice(0, PRINTED)
      .map(([what, samples]) => [percent(samples), what]);
  printTable(`${heading}, ${total} samples`, ["share", "of"], rows(counted.owners));
  printTable("By function, excluding calls", ["share", "function"], rows(counted.own));
  printTable("By function, including calls", ["share", "function"], rows(counted.all));
}
