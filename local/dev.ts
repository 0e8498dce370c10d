import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fireCrons, readCrons } from "./crons.ts";
import { developmentPage, samplePeople } from "./development-page.ts";
import { startKeptStack } from "./kept-stack.ts";
import { openBrowser } from "./open-browser.ts";
import { run } from "./run.ts";
import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-sign-in.ts";
import { apiUrl, KEPT } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { shown } from "./steps.ts";
import { startWorker, stoppedWorker, untilReady } from "./worker.ts";

/** The Worker's log comes late. Without this pause, the lines about our own health check would be below the table of addresses. */
const LATE_LINES_MS = 300;

/**
 * `npm run dev`: runs the whole platform on this machine. `-- --reset` starts with empty data, `-- --database URL` uses
 * somebody's own database, and `-- --open` opens the browser.
 */
await run(async (started) => {
  const { stack, data_dir, open } = await startKeptStack(started, {
    command: "npm run dev",
    parts: ["api"],
    url: apiUrl,
  });
  const crons = readCrons();
  const page = developmentPage(
    { ...stack, api_url: stack.vars.API_URL, crons },
    await samplePeople(stack.database_url),
  );
  const worker = await startWorker({
    port: stack.ports.api,
    vars: { ...stack.vars, DEVELOPMENT_PAGE: JSON.stringify(page) },
    state_dir: join(data_dir, KEPT.api),
    log_file: join(data_dir, KEPT.log),
  });
  started.defer(worker.stop);
  await shown("Worker", () => untilReady(worker));
  await sleep(LATE_LINES_MS);
  started.defer(fireCrons(worker.url, crons));
  console.log(welcome(stack, crons, worker.log_file));
  worker.showRequests();
  if (open) openBrowser(`${stack.vars.API_URL}/`);
  throw new Error(
    await Promise.race([
      worker.ended.then((how) => stoppedWorker(worker, how)),
      stack.database_ended.then((how) => `PostgreSQL stopped unexpectedly (${how}).`),
    ]),
  );
});

function welcome({ vars, stripe_url, mail_url, database_url }: Stack, crons: string[], log_file: string): string {
  const api_url = vars.API_URL;
  return `
  API              ${api_url} (open it for links to everything, and the sample people)
  Documentation    ${api_url}/docs and ${api_url}/redoc
  Mailbox          ${mail_url}/inbox
  Stripe stand-in  ${stripe_url}
  Database         ${database_url}
  Crons            ${crons.length === 0 ? "none" : crons.join("   ")}
  Log of wrangler  ${log_file}

  Sign in as ${SAMPLE_ADMIN} with the password ${SAMPLE_PASSWORD}. Ctrl-C ends everything.
`;
}
