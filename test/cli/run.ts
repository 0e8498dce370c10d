import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { database, sql } from "../harness/platform.ts";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of cli/ as an operator would, with nobody at the keyboard. */
export function run(command: string, environment: Record<string, string>, args: string[] = []): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, "cli", command), ...args],
      { env: { ...process.env, ...environment }, timeout: 15_000 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
    child.stdin?.end();
  });
}

const templates = inject("templates");

/** An empty database of the test's own, on the server that all tests share; dropped when the test is over. */
export const emptyDatabase = () => copyOf("template1");

/** The same with the newest schema. */
export const migratedDatabase = () => copyOf(templates.migrated);

/** The same with the permissions and system roles too; of a name that a Worker may know already. */
export const seededDatabase = (name?: string) => copyOf(templates.seeded, name);

async function copyOf(template: string, name = anyDatabase()): Promise<string> {
  await sql(`create database ${name} template ${template}`);
  onTestFinished(async () => void (await sql(`drop database ${name} with (force)`)));
  return addressOf(name);
}

/** The name of a database that is yet to be made. */
export const anyDatabase = () => `test_${randomUUID().replaceAll("-", "")}`;

/** Where a database of this name is found, as soon as there is one. */
export function addressOf(name: string): string {
  const { connectionString } = database.options;
  if (!connectionString) throw new Error("The tests' database has no address");
  return Object.assign(new URL(connectionString), { pathname: `/${name}` }).href;
}
