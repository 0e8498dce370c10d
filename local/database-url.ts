import { DatabaseUrl } from "../src/env.ts";

/** The address of a database, from a variable or flag. Throws a sentence that names it if it is no such address. */
export function databaseUrl(name: string, text: string): string {
  const { data, error } = DatabaseUrl.safeParse(text);
  if (data === undefined) throw new Error(`${name} ${error?.issues[0]?.message}.`);
  return data;
}

/**
 * A sentence about a database that nobody reaches at the address that a variable or flag holds. Never its password.
 * Undefined if the failure is another one.
 */
export function unreachable(name: string, database_url: string, error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `${name} names the host ${new URL(database_url).hostname}, which is not known.`;
  if (/^(ECONN|ETIMEDOUT|EHOST|ENET)/.test(code)) {
    const { hostname, port } = new URL(database_url);
    return `${name} names ${hostname}:${port || 5432}, where no PostgreSQL answers (${code}).`;
  }
  // PostgreSQL does not know the login or the database: its own words say which.
  if (error instanceof Error && /^(28|3D)/.test(code)) return `${name} was refused: ${error.message}.`;
  return undefined;
}

/** Whether two addresses lead to the same database. Neon has two for each: its pooler's, and the direct one. */
export function isSameDatabase(one: string, other: string): boolean {
  const [there, here] = [one, other].map((database_url) => {
    const { hostname, port, pathname } = new URL(database_url);
    return `${hostname.replace("-pooler.", ".")}:${port || 5432}${pathname}`;
  });
  return there === here;
}

/** The address of a database, and the variable or flag that holds it. */
export interface NamedDatabase {
  name: string;
  url: string;
}

/**
 * The database that a command was given besides its own: in a variable, or in a flag if its address has no password. Undefined if
 * in neither.
 */
export function givenDatabase(
  flag: string,
  value: string | undefined,
  variable: string,
  environment: Record<string, string | undefined> = process.env,
): NamedDatabase | undefined {
  const stored = environment[variable];
  if (value && stored) throw new Error(`${flag} and ${variable} both name a database. Give one of them.`);
  if (stored) return { name: variable, url: databaseUrl(variable, stored) };
  if (!value) return undefined;
  const url = databaseUrl(flag, value);
  const { password, searchParams } = new URL(url);
  if (password || searchParams.has("password"))
    throw new Error(
      `${flag} has a password, which everybody on this machine can see there. Nothing was done. Give the address in ${variable}: read -rs ${variable} && export ${variable}`,
    );
  return { name: flag, url };
}
