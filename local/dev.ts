import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fireCrons } from "./crons.ts";
import { removeData } from "./postgres-files.ts";
import { run } from "./run.ts";
import { loadSampleData, SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-data.ts";
import { assertFree, dataDirectory, portsFromEnvironment } from "./settings.ts";
import { type Stack, stackParts, startStack } from "./stack.ts";
import { startWorker, untilReady } from "./worker.ts";

/** `npm run dev`: runs the whole platform on this machine. `-- --reset` starts with empty data. */
await run(async (started) => {
  const { values } = parseArgs({ options: { reset: { type: "boolean", default: false } } });
  const ports = portsFromEnvironment();
  await assertFree(ports, ["api", ...stackParts()]);
  const data_dir = dataDirectory();
  if (values.reset) {
    await removeData(join(data_dir, "postgres"));
    await rm(data_dir, { recursive: true, force: true });
  }

  const stack = await startStack({ ports, data_dir });
  started.defer(stack.stop);
  await loadSampleData(stack.database_url);

  const worker = await startWorker({ port: ports.api, vars: stack.vars, state_dir: join(data_dir, "wrangler") });
  started.defer(worker.stop);
  await untilReady(worker);
  const { crons, stop } = fireCrons(worker.url);
  started.defer(stop);
  console.log(welcome(stack, crons));
  throw new Error(
    await Promise.race([
      worker.ended.then((how) => `wrangler dev stopped unexpectedly (${how}). See its output above.`),
      stack.database_ended.then((how) => `PostgreSQL stopped unexpectedly (${how}).`),
    ]),
  );
});

function welcome({ vars, stripe_url, mail_url, database_url }: Stack, crons: string[]): string {
  const api_url = vars.API_URL;
  return `
  API              ${api_url}
  Documentation    ${api_url}/docs and ${api_url}/redoc
  Mailbox          ${mail_url}/inbox
  Stripe stand-in  ${stripe_url}
  Database         ${database_url}
  Crons            ${crons.length === 0 ? "none" : crons.join("   ")}

  Sign in as ${SAMPLE_ADMIN} with the password ${SAMPLE_PASSWORD}. Ctrl-C ends everything.
`;
}
