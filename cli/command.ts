import { realpathSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { databaseUrl, unreachable } from "../local/database-url.ts";
import { localDatabaseUrl, portsFromEnvironment } from "../local/settings.ts";

/**
 * Runs `main` if this module is the command being run, with DATABASE_URL or the local stack's database. A failure
 * prints one clear line and exits with code 1.
 */
export async function asCommand(
  meta: ImportMeta,
  main: (settings: { database_url: string }) => Promise<void>,
): Promise<void> {
  await asProgram(meta, () => main({ database_url: chosenDatabase() }));
}

/** The same for a command that finds out for itself which database it needs, if any. */
export async function asProgram(meta: ImportMeta, main: () => Promise<void>): Promise<void> {
  const called = process.argv[1];
  if (called === undefined || realpathSync(called) !== fileURLToPath(meta.url)) return;
  try {
    await main();
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

/** Runs `work` with a way to ask a person. With nobody at the keyboard, a question fails and names what is missing. */
export async function askAtTerminal(
  work: (ask: (question: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const nobody = new AbortController();
  terminal.once("close", () => nobody.abort());
  try {
    await work((question) =>
      terminal.question(`${question}: `, { signal: nobody.signal }).catch(() => {
        throw new Error(`${question} is missing, and there is no terminal to ask for it.`);
      }),
    );
  } finally {
    terminal.close();
  }
}

function chosenDatabase(): string {
  const given = process.env.DATABASE_URL;
  return given ? databaseUrl("DATABASE_URL", given) : localDatabaseUrl(portsFromEnvironment().postgres);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const given = process.env.DATABASE_URL;
  if (!given && "code" in error && error.code === "ECONNREFUSED")
    return "The local stack's database does not answer. Start it with npm run dev, or set DATABASE_URL to another one.";
  const sentence = given ? unreachable("DATABASE_URL", given, error) : undefined;
  if (sentence !== undefined) return sentence;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message || String(error);
}
