import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { controlFor } from "../../local/stripe/control-client.ts";
import { startStripe } from "../../local/stripe/server.ts";
import { readSettings } from "../../src/env.ts";
import type { Look } from "../../src/http/doorbell.ts";
import { type LogLine, startInWorkerd } from "./workerd.ts";

const stack = inject("stack");
const worker_dir = inject("worker_dir");
const worker_options = inject("worker_options");
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";

// Each process has its own Stripe, which sends events only to this process's Worker.
export const { stripe_url } = await startStripe({ port: 0, webhook_secret: stack.vars.STRIPE_WEBHOOK_SECRET });
/**
 * Long enough for production as well. Shared, because any Worker may send any due mail and its links must work for all.
 */
const JWT_SECRET = "tests-only-".padEnd(64, "0");
const stack_vars = { ...stack.vars, STRIPE_API_BASE: stripe_url, JWT_SECRET };

/** Makes R2 or Images fail for a request whose header says so. */
const faulty = readFileSync(join(import.meta.dirname, "faulty.js"), "utf8");

/** Starts the built Worker on the shared stack, optionally with other settings, and another way out to the network. */
export async function startWorker(
  vars: Record<string, string> = {},
  network: Pick<Parameters<typeof startInWorkerd>[0], "outboundService"> = {},
) {
  const logs: LogLine[] = [];
  const { url, entry, deliver, bucket, stop } = await startInWorkerd(
    {
      ...worker_options,
      ...network,
      name: "loaf-api",
      modulesRoot: worker_dir,
      modules: [
        { type: "ESModule", path: join(worker_dir, "faulty.js"), contents: faulty },
        { type: "ESModule", path: join(worker_dir, "index.js") },
      ],
      bindings: { ...stack_vars, ...vars },
    },
    (line) => logs.push(line),
  );
  return {
    url,
    bucket,
    /** What it has logged so far. */
    logs,
    /** Runs the jobs of a cron, as Cloudflare would. Resolves when they have finished. */
    async fire(cron: string): Promise<void> {
      const answer = await fetch(`${entry}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`);
      if (!answer.ok) throw new Error(`The cron ${cron} responded with ${answer.status}: ${await answer.text()}`);
    },
    /** Has the Worker look after what is due, as a message of the queue would. Resolves when it has finished. */
    look: (look: Look) => deliver("loaf-doorbell-test", { look }),
    stop,
  };
}

/** The Worker that all tests share. */
export const worker = await startWorker();

/** The Worker's settings. Tests create tokens with the same secrets. */
export const settings = readSettings(stack_vars);

/** A direct connection to the database, for setup and checks. */
export const database = new pg.Pool({ connectionString: stack.database_url, max: 20, idleTimeoutMillis: 0 });

/** Runs SQL. Returns the rows. */
export async function sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
  text: string,
  params: unknown[] = [],
): Promise<Row[]> {
  return (await database.query<Row>(text, params)).rows;
}

/** Runs SQL without triggers, for thousands of rows whose audit trail nobody reads. */
export async function inBulk(text: string, params: unknown[]): Promise<void> {
  const client = await database.connect();
  try {
    await client.query("begin; set local session_replication_role = replica");
    await client.query(text, params);
  } finally {
    await client.query("commit");
    client.release();
  }
}

/** Inserts a row, by default in the shared database. Returns the stored row. */
export async function insert<Row extends pg.QueryResultRow = { id: string }>(
  table: string,
  columns: Record<string, unknown>,
  run: typeof sql = sql,
): Promise<Row> {
  const names = Object.keys(columns);
  const [made] = await run<Row>(
    `insert into ${table} (${names}) values (${names.map((_, index) => `$${index + 1}`)}) returning *`,
    Object.values(columns),
  );
  if (!made) throw new Error(`The insert into ${table} returned no row`);
  return made;
}

export const { neon_url, mail_url } = stack;

/** The controls of the Stripe stand-in. */
export const stripe = controlFor(stripe_url);
await stripe.webhooks({ url: `${worker.url}/api/webhooks/stripe` });
