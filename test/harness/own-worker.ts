import pg from "pg";
import { onTestFinished, vi } from "vitest";
import { applicationUrl } from "../../local/settings.ts";
import type { Happening } from "../../local/stripe/past.ts";
import { startStripe } from "../../local/stripe/server.ts";
import { addressOf, anyDatabase, seededDatabase } from "../cli/run.ts";
import { settings, startWorker } from "./platform.ts";

/**
 * Settings for a Worker that no test had before. In one that had, messages of the queue may still wait for a second, and look at
 * mail that this test expects to wait.
 */
export const UNUSED_WORKER = { MAIL_FROM_NAME: settings.MAIL_FROM_NAME };

/** Workers whose test is over, the one that has rested longest first. */
const resting: Awaited<ReturnType<typeof start>>[] = [];

/**
 * A Worker with a database and a Stripe that nobody else uses until the test is over. To start one takes most of a second of
 * processor time. So the next test has the same Worker, with a new database and a new Stripe where it looks for them; but a
 * Worker with settings of its own serves one test only.
 */
export async function ownWorker(own_settings: Record<string, string> = {}) {
  const reusable = Object.keys(own_settings).length === 0;
  const own = (reusable && resting.shift()) || (await start(own_settings));
  let isYetToLook = false;
  onTestFinished(async ({ task }) => {
    // After a failure nobody knows what it is still busy with.
    if (!reusable || task.result?.state !== "pass" || isYetToLook) return own.stop();
    await own.renewStripe();
    resting.push(own);
  });
  // It is dropped before the Worker rests: what the Worker still has to do for this test comes to nothing.
  await seededDatabase(own.database);
  // This hook comes before the one that drops it.
  if (reusable)
    onTestFinished(async () => {
      isYetToLook = await queueWaits(own.database_url);
    });
  // It may have to notice first that its connections to the database before are lost.
  await vi.waitFor(
    async () => {
      const { status } = await fetch(`${own.url}/health/ready`);
      if (status !== 200) throw new Error(`The Worker is not ready: ${status}`);
    },
    { timeout: 10_000 },
  );
  return own;
}

/** Whether a message of the queue waits, by the account of the database: it would come to the next test. */
async function queueWaits(database_url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: database_url });
  try {
    await client.connect();
    const { rows } = await client.query<{ waits: boolean }>("select next_look_at is not null as waits from mail_pace");
    return rows[0]?.waits ?? false;
  } finally {
    await client.end();
  }
}

async function start(own_settings: Record<string, string>) {
  const database = anyDatabase();
  const database_url = addressOf(database);
  const webhook_secret = settings.STRIPE_WEBHOOK_SECRET[0] ?? "";
  let stripe = await startStripe({ port: 0, webhook_secret });
  const { stripe_url } = stripe;
  const vars = { DATABASE_URL: applicationUrl(database_url), STRIPE_API_BASE: stripe_url, ...own_settings };
  const worker = await startWorker(vars);
  return {
    ...worker,
    vars,
    database,
    database_url,
    stripe_url,
    /** Gives it a past that the Worker does not hear of. */
    livePast: (happenings: Happening[]) => stripe.livePast(happenings),
    /** One at which nothing has happened, at the same address: at once, before somebody else takes the port. */
    async renewStripe(): Promise<void> {
      await stripe.stop();
      stripe = await startStripe({ port: Number(new URL(stripe_url).port), webhook_secret });
    },
    async stop(): Promise<void> {
      await worker.stop();
      await stripe.stop();
    },
  };
}
