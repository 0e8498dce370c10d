import { join } from "node:path";
import pg from "pg";
import { migrate } from "../cli/migrate.ts";
import { seed } from "../cli/seed.ts";
import { startMailbox } from "./mailbox.ts";
import { startNeon } from "./neon/server.ts";
import { type Database, startPostgres } from "./postgres.ts";
import { APPLICATION_LOGIN, applicationUrl, KEPT, type Ports, type WorkerVars, workerVars } from "./settings.ts";
import { type Step, silently } from "./steps.ts";
import { type RunningStripe, startStripe } from "./stripe/server.ts";

export interface Services {
  ports: Ports;
  database_url: string;
  neon_url: string;
  mail_url: string;
  /** The Worker's settings on this stack. */
  vars: WorkerVars;
  /** Resolves to the reason if the database stops unexpectedly. */
  database_ended: Promise<string>;
  stop(): Promise<void>;
}

export interface Stack extends Services, Pick<RunningStripe, "stripe_url" | "livePast"> {}

interface Where {
  ports: Ports;
  data_dir?: string;
  /** Somebody's own database. None: PostgreSQL is started. */
  database_url?: string | undefined;
  /** For tests: the Neon endpoint plans a statement once and not each time. */
  keep_plans?: boolean;
  step?: Step;
}

const kept = ({ data_dir }: Where, part: keyof typeof KEPT) =>
  data_dir === undefined ? undefined : join(data_dir, KEPT[part]);

/**
 * Everything the Worker talks to: PostgreSQL with the newest schema, the Neon endpoint in front of it, and stand-ins
 * for Stripe and the mail provider. Data is kept in `data_dir`, or thrown away if there is none. If one part fails to
 * start, nothing is left running.
 */
export async function startStack(where: Where): Promise<Stack> {
  const { ports, step = silently } = where;
  const { stop, ...services } = await startServices(where);
  try {
    const stripe = await step("Stripe stand-in", () =>
      startStripe({
        port: ports.stripe,
        webhook_url: `http://127.0.0.1:${ports.api}/api/webhooks/stripe`,
        webhook_secret: services.vars.STRIPE_WEBHOOK_SECRET,
        data_file: kept(where, "stripe"),
      }),
    );
    return { ...services, ...stripe, stop: () => stripe.stop().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same without Stripe, because each test process has its own. */
export async function startServices(where: Where): Promise<Services> {
  const { ports, step = silently } = where;
  const started = new AsyncDisposableStack();
  try {
    const { database_url, ended, stop } = where.database_url
      ? notOurs(where.database_url)
      : await step("Database", () => startPostgres({ port: ports.postgres, data_dir: kept(where, "postgres") }));
    started.defer(stop);
    await step("Tables", () => prepare(database_url));
    const neon = await step("Neon endpoint", () =>
      startNeon({ port: ports.neon, database_url, keep_plans: where.keep_plans === true }),
    );
    started.defer(neon.stop);
    // On your own server, you choose the login.
    const worker_url = where.database_url ?? (await makeApplicationLogin(database_url));
    const vars = workerVars(ports, worker_url);
    const mailbox = await step("Mailbox", () => startMailbox({ port: ports.mail, data_file: kept(where, "mail") }));
    started.defer(mailbox.stop);
    return {
      ports,
      database_url,
      neon_url: neon.neon_url,
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

/** A server that we neither started nor end, and whose end we do not see. */
const notOurs = (database_url: string): Database => ({
  database_url,
  ended: new Promise(() => undefined),
  stop: () => Promise.resolve(),
});

/** Does what operators do by hand (docs/operations.md). Returns the URL that the Worker connects with. */
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
    throw new Error("The database could not be migrated to the newest schema", { cause: error });
  }
}
