import { join } from "node:path";
import pg from "pg";
import { migrate } from "../cli/migrate.ts";
import { seed } from "../cli/seed.ts";
import { startMailbox } from "./mailbox.ts";
import { startNeon } from "./neon/server.ts";
import { startPostgres } from "./postgres.ts";
import {
  APPLICATION_LOGIN,
  applicationUrl,
  assertFree,
  type Part,
  type Ports,
  type WorkerVars,
  workerVars,
} from "./settings.ts";
import { startStripe } from "./stripe/server.ts";

export interface Stack {
  ports: Ports;
  database_url: string;
  neon_url: string;
  stripe_url: string;
  mail_url: string;
  /** The Worker's settings on this stack. */
  vars: WorkerVars;
  /** Resolves, to how, when the database ends by itself. */
  database_ended: Promise<string>;
  stop(): Promise<void>;
}

/** The parts that `startStack` starts and whose ports must therefore be free. */
export function stackParts(): Part[] {
  return process.env.DATABASE_URL ? ["neon", "stripe", "mail"] : ["postgres", "neon", "stripe", "mail"];
}

/**
 * Everything the Worker talks to: PostgreSQL with the newest schema, the Neon endpoint before it, and stand-ins for
 * Stripe and the mail provider. What they hold survives in `data_dir`, or is thrown away where there is none. Nothing
 * is left running when a part cannot start.
 */
export async function startStack({ ports, data_dir }: { ports: Ports; data_dir?: string }): Promise<Stack> {
  await assertFree(ports, stackParts());
  const kept = (file: string) => (data_dir === undefined ? undefined : join(data_dir, file));
  const started = new AsyncDisposableStack();
  try {
    const { database_url, ended, stop } = await startPostgres({ port: ports.postgres, data_dir: kept("postgres") });
    started.defer(stop);
    await prepare(database_url);
    const neon = await startNeon({ port: ports.neon, database_url });
    started.defer(neon.stop);
    // On somebody's own server the login is theirs to choose.
    const worker_url = process.env.DATABASE_URL ? database_url : await makeApplicationLogin(database_url);
    const vars = workerVars(ports, worker_url);
    const stripe = await startStripe({
      port: ports.stripe,
      webhook_url: `http://127.0.0.1:${ports.api}/api/webhooks/stripe`,
      webhook_secret: vars.STRIPE_WEBHOOK_SECRET,
      data_file: kept("stripe.json"),
    });
    started.defer(stripe.stop);
    const mailbox = await startMailbox({ port: ports.mail, data_file: kept("mail.jsonl") });
    started.defer(mailbox.stop);
    return {
      ports,
      database_url,
      neon_url: neon.neon_url,
      stripe_url: stripe.stripe_url,
      mail_url: mailbox.mail_url,
      vars,
      database_ended: ended,
      stop: () => started.disposeAsync(),
    };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** What operators do by hand (docs/operations.md); returns the URL that the Worker connects with. */
async function makeApplicationLogin(database_url: string): Promise<string> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_roles where rolname = $1", [APPLICATION_LOGIN]);
    if (rowCount === 0)
      await client.query(`create role ${APPLICATION_LOGIN} login password '${APPLICATION_LOGIN}' in role loaf_app`);
  } finally {
    await client.end();
  }
  return applicationUrl(database_url);
}

async function prepare(database_url: string): Promise<void> {
  try {
    await migrate(database_url);
    await seed(database_url);
  } catch (error) {
    throw new Error("The database could not be brought to the newest schema", { cause: error });
  }
}
