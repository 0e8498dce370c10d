import { mkdir, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { readSettings } from "../src/env.ts";
import { startChild } from "./child.ts";
import { ROOT } from "./settings.ts";
import { keepOutput } from "./worker-output.ts";

export interface LocalWorker {
  url: string;
  /** Resolves to the reason if `wrangler dev` stops unexpectedly. */
  ended: Promise<string>;
  /** What wrangler writes. */
  log_file: string;
  /** The end of it. */
  logTail(): string;
  /** From now on, each request and each error is shown. */
  showRequests(): void;
  stop(): Promise<void>;
}

/** Settings that the shell may set for one run. They win over `.dev.vars`. */
const FROM_SHELL = ["CORS_ORIGINS"];

/**
 * Starts `wrangler dev`. In wrangler 4.155, `--var` overrides `.dev.vars`, which overrides `[vars]` in wrangler.toml,
 * and `.env` is read only if there is no `.dev.vars`. A developer's `.dev.vars` should override the local stack's
 * settings, so we do not pass those it sets. `.env` is not ours, so it is ignored. Throws if a setting is wrong.
 */
export async function startWorker(given: {
  port: number;
  vars: Record<string, string>;
  state_dir: string;
  log_file: string;
}): Promise<LocalWorker> {
  const dev_vars = parseEnv(await readFile(join(ROOT, ".dev.vars"), "utf8").catch(() => ""));
  const changed = Object.keys(given.vars).filter((name) => (dev_vars[name] ?? given.vars[name]) !== given.vars[name]);
  if (changed.length > 0) console.log(`.dev.vars overrides these settings of the local stack: ${changed.join(", ")}`);
  const from_shell = Object.fromEntries(
    FROM_SHELL.map((name) => [name, process.env[name] ?? ""]).filter(([, value]) => value),
  );
  readSettings({ ...given.vars, ...dev_vars, ...from_shell });
  const ours = Object.entries(given.vars).filter(([name]) => dev_vars[name] === undefined);
  const vars = [...ours, ...Object.entries(from_shell)];

  await mkdir(dirname(given.log_file), { recursive: true });
  const wrangler = startChild(
    process.execPath,
    [
      join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
      "dev",
      ...["--ip", "127.0.0.1", "--port", String(given.port), "--persist-to", given.state_dir],
      "--show-interactive-dev-session=false",
      ...vars.flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      end_with: "SIGTERM",
      env: {
        ...process.env,
        // The build command in wrangler.toml calls `node`, which must be this version, however we were started.
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_LOG_PATH: join(given.state_dir, "logs"),
      },
    },
  );
  const { stdout, stderr } = wrangler.process;
  const { show, tail } = keepOutput(
    [stdout, stderr].filter((stream) => stream !== null),
    given.log_file,
  );
  return {
    url: `http://127.0.0.1:${given.port}`,
    ended: wrangler.ended,
    log_file: given.log_file,
    logTail: tail,
    showRequests: show,
    stop: () => wrangler.stop("SIGTERM"),
  };
}

/** How long the Worker may take to respond at all, and then to become ready. */
const START_SECONDS = 60;
const READY_SECONDS = 15;

/** Resolves when the Worker is ready. If it stops or never becomes ready, rejects with its explanation. */
export async function untilReady(worker: LocalWorker): Promise<void> {
  const stopped = worker.ended.then((how) => {
    throw new Error(stoppedWorker(worker, how));
  });
  await Promise.race([readiness(worker), stopped]);
}

/** Says that the Worker ended by itself, and the last that wrangler wrote. */
export const stoppedWorker = (worker: LocalWorker, how: string) =>
  `wrangler dev stopped unexpectedly (${how}). ${endOfLog(worker)}`;

const endOfLog = ({ log_file, logTail }: LocalWorker) => `The end of its log, ${log_file}:\n\n${logTail()}`;

async function readiness(worker: LocalWorker): Promise<void> {
  let deadline = Date.now() + START_SECONDS * 1000;
  let words: string | undefined;
  while (Date.now() < deadline) {
    const answer = await fetch(`${worker.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    if (answer?.status === 200) return;
    if (answer !== undefined) {
      if (words === undefined) deadline = Date.now() + READY_SECONDS * 1000;
      words = `${answer.status} ${await answer.text()}`;
    }
    await sleep(200);
  }
  throw new Error(
    words === undefined
      ? `The Worker did not respond within ${START_SECONDS} seconds. ${endOfLog(worker)}`
      : `The Worker is running but not ready. GET /health/ready returned: ${words}\n${endOfLog(worker)}`,
  );
}
