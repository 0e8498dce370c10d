import pg from "pg";
import { inject } from "vitest";
import { createTestHarness } from "wrangler";
import { controlFor } from "../../local/stripe/control-client.ts";
import { startStripe } from "../../local/stripe/server.ts";
import { readSettings } from "../../src/env.ts";

const stack = inject("stack");
const worker_dir = inject("worker_dir");
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";

// A Stripe of this process's own: it tells the Worker of this process, and of no other that may be gone by then.
export const { stripe_url } = await startStripe({ port: 0, webhook_secret: stack.vars.STRIPE_WEBHOOK_SECRET });
const stack_vars = { ...stack.vars, STRIPE_API_BASE: stripe_url };

/** Starts the built Worker in workerd, on the shared stack, with other settings where a test is about them. */
export async function startWorker(vars: Record<string, string> = {}) {
  const harness = createTestHarness({
    workers: [
      {
        configPath: new URL("../../wrangler.toml", import.meta.url),
        env: "test",
        prebuiltWorkerDir: worker_dir,
        vars: { ...stack_vars, ...vars },
      },
    ],
  });
  const { url } = await harness.listen();
  return { harness, url: url.href.replace(/\/$/, "") };
}

/** The Worker that all tests share. */
export const worker = await startWorker();

/** What the Worker reads its settings as: tests make tokens with the same secrets. */
export const settings = readSettings(stack_vars);

/** Straight into the database, to arrange and to look. */
export const database = new pg.Pool({ connectionString: stack.database_url, max: 20 });

/** Runs SQL and gives its rows. */
export async function sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
  text: string,
  params: unknown[] = [],
): Promise<Row[]> {
  return (await database.query<Row>(text, params)).rows;
}

export const { neon_url, mail_url } = stack;

/** Stripe's stand-in, and its controls. */
export const stripe = controlFor(stripe_url);
await stripe.webhooks({ url: `${worker.url}/api/webhooks/stripe` });
