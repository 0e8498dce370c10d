import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { localDatabaseUrl, portsFromEnvironment } from "../local/settings.ts";

/**
 * Runs `main` if this module is the command being run, with DATABASE_URL or the local stack's database. A failure
 * prints one clear line and exits with code 1.
 */
export async function asCommand(
  meta: ImportMeta,
  main: (settings: { database_url: string }) => Promise<void>,
): Promise<void> {
  const called = process.argv[1];
  if (called === undefined || realpathSync(called) !== fileURLToPath(meta.url)) return;
  try {
    await main({ database_url: process.env.DATABASE_URL ?? localDatabaseUrl(portsFromEnvironment().postgres) });
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ECONNREFUSED")
    return "The database does not answer. Is the local stack running (npm run dev), or DATABASE_URL set?";
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message || String(error);
}
