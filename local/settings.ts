import { createServer } from "node:net";
import { join } from "node:path";

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, "..");

/** The servers of the local stack: a readable name, the variable that changes the port, and the default port. */
export const PARTS = {
  api: { name: "the API (wrangler dev)", variable: "LOAF_PORT", port: 8787 },
  postgres: { name: "PostgreSQL", variable: "LOAF_PG_PORT", port: 54329 },
  neon: { name: "the Neon endpoint", variable: "LOAF_NEON_PORT", port: 4444 },
  stripe: { name: "the Stripe stand-in", variable: "LOAF_STRIPE_PORT", port: 12111 },
  mail: { name: "the mailbox", variable: "LOAF_MAIL_PORT", port: 8025 },
} as const;

export type Part = keyof typeof PARTS;
export type Ports = Record<Part, number>;

/** The stack's ports: DESIGN's defaults, which variables can change. Throws unless they are ports, each another. */
export function portsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Ports {
  const port = (part: Part): number => {
    const { variable, port: unmoved } = PARTS[part];
    const text = environment[variable];
    if (text === undefined || text === "") return unmoved;
    const chosen = Number(text);
    if (Number.isInteger(chosen) && chosen > 0 && chosen < 65_536) return chosen;
    throw new Error(`${variable} must be a port between 1 and 65535, not "${text}".`);
  };
  const ports = {
    api: port("api"),
    postgres: port("postgres"),
    neon: port("neon"),
    stripe: port("stripe"),
    mail: port("mail"),
  };
  const parts = Object.keys(PARTS) as Part[];
  for (const part of parts) {
    const same = parts.find((other) => other !== part && ports[other] === ports[part]);
    if (same)
      throw new Error(
        `${PARTS[part].variable} and ${PARTS[same].variable} must be two ports, not both ${ports[part]}.`,
      );
  }
  return ports;
}

/** Where data is kept between restarts. */
export const dataDirectory = () => process.env.LOAF_DATA_DIR || join(ROOT, ".local");

/** What each part keeps there. */
export const KEPT = {
  postgres: "postgres",
  stripe: "stripe.json",
  mail: "mail.jsonl",
  api: "wrangler",
  log: "wrangler.log",
} as const;

/** Whether a database is on this machine, where it cannot hold real people's data. */
export const isLocal = (database_url: string) =>
  ["127.0.0.1", "localhost", "[::1]"].includes(new URL(database_url).hostname);

/** The embedded database on a given port. */
export const localDatabaseUrl = (port: number) => `postgres://postgres:postgres@127.0.0.1:${port}/loaf`;

/** The same database as the application uses it: through a login with only the least-privilege role. */
export function applicationUrl(database_url: string): string {
  const url = new URL(database_url);
  url.username = APPLICATION_LOGIN;
  url.password = APPLICATION_LOGIN;
  return url.href;
}

/** The Worker's login on the embedded database, and also its password. */
export const APPLICATION_LOGIN = "loaf_api";

/** Five unused ports for a test's own stack. */
export async function freePorts(): Promise<Ports> {
  const taken = new Set<number>();
  const next = async (): Promise<number> => {
    // Below the range that systems use for outgoing connections, so that no one takes the port before we start.
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    if (taken.has(port) || !(await isFree(port))) return next();
    taken.add(port);
    return port;
  };
  return {
    api: await next(),
    postgres: await next(),
    neon: await next(),
    stripe: await next(),
    mail: await next(),
  };
}

/** Throws one clear sentence for each port that cannot be used. */
export async function assertFree(ports: Ports, parts: Part[]): Promise<void> {
  const taken = await takenPorts(ports, parts);
  if (taken.length > 0) throw new Error(taken.join("\n"));
}

/** One clear sentence for each port that cannot be used. */
export async function takenPorts(ports: Ports, parts: Part[]): Promise<string[]> {
  const taken: string[] = [];
  for (const part of parts) {
    const { name, variable } = PARTS[part];
    const obstacle = await obstacleOf(ports[part]);
    if (obstacle)
      taken.push(`Port ${ports[part]}, where ${name} listens, ${obstacle}. Set ${variable} to another port.`);
  }
  return taken;
}

const isFree = async (port: number) => (await obstacleOf(port)) === undefined;

/** What keeps us from listening on a port. */
function obstacleOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code === "EADDRINUSE" ? "is in use" : `cannot be used (${code})`),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
}

/** The addresses where people find them. */
export const apiUrl = (ports: Ports) => `http://localhost:${ports.api}`;
export const mailUrl = (ports: Ports) => `http://127.0.0.1:${ports.mail}`;

/** The Worker's settings on this stack. None is secret, because they only open servers on this machine. */
export function workerVars(ports: Ports, database_url: string) {
  return {
    ENVIRONMENT: "development",
    API_URL: apiUrl(ports),
    DATABASE_URL: database_url,
    NEON_HTTP_ENDPOINT: `http://127.0.0.1:${ports.neon}/sql`,
    JWT_SECRET: "local-development-only-never-use-this-secret-anywhere-else-0123456789",
    SECOND_FACTOR_KEY: "local-development-only-never-use-this-key",
    STRIPE_API_BASE: `http://127.0.0.1:${ports.stripe}`,
    STRIPE_SECRET_KEY: "sk_test_loaf_local",
    STRIPE_PUBLISHABLE_KEY: "pk_test_loaf_local",
    STRIPE_WEBHOOK_SECRET: "whsec_loaf_local",
    MAIL_PROVIDER: "resend",
    MAIL_API_BASE: mailUrl(ports),
    MAIL_API_KEY: "re_test_loaf_local",
    MAIL_WEBHOOK_SECRET: "whsec_bG9hZi1sb2NhbC1tYWlsLXdlYmhvb2s=",
    MAIL_FROM_EMAIL: "hello@loaf.test",
    MAIL_FROM_NAME: "LOAF",
  };
}

export type WorkerVars = ReturnType<typeof workerVars>;
