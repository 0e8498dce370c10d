import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The database of `npm run dev`. */
const LOCAL_DATABASE_URL = `postgres://postgres:postgres@127.0.0.1:${process.env.LOAF_PG_PORT ?? 54329}/loaf`;

/** Runs `main` when the module is the command that was called; failures end in one clear line and exit code 1. */
export async function asCommand(
  meta: ImportMeta,
  main: (settings: { database_url: string }) => Promise<void>,
): Promise<void> {
  const called = process.argv[1];
  if (called === undefined || realpathSync(called) !== fileURLToPath(meta.url)) return;
  try {
    await main({ database_url: process.env.DATABASE_URL ?? LOCAL_DATABASE_URL });
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
