import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import type { Settings } from "../env.ts";

/** How one connection string is asked: `neonConfig` is one for the module, so these travel with each request. */
interface Asking {
  endpoint: string | undefined;
  timeout_ms: number;
}

/**
 * Reads the body too: the driver takes what fails in here for a lost connection, and what fails later for a defect. No
 * Response is made of it: workerd keeps the body of one for long, and an export reads hundreds of them.
 */
neonConfig.fetchFunction = async (neons: string, { endpoint, timeout_ms, ...init }: RequestInit & Asking) => {
  const response = await fetch(endpoint ?? neons, { ...init, signal: AbortSignal.timeout(timeout_ms) });
  const body = await response.text();
  return { ok: response.ok, status: response.status, text: async () => body, json: async () => JSON.parse(body) };
};

const connections = new WeakMap<Settings, NeonHttpDatabase>();

/** The database that the settings name. It is asked over HTTP, so there is nothing to open or close. */
export function connect(settings: Settings): NeonHttpDatabase {
  let database = connections.get(settings);
  if (!database) {
    const { DATABASE_URL, NEON_HTTP_ENDPOINT: endpoint, DATABASE_TIMEOUT_MS: timeout_ms } = settings;
    database = drizzle(neon(DATABASE_URL, { fetchOptions: { endpoint, timeout_ms } satisfies Asking }));
    connections.set(settings, database);
  }
  return database;
}
