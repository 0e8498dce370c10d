import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";
import * as z from "zod";

/** What a backup must contain, written beside it. */
export const Manifest = z.object({
  made_at: z.iso.datetime(),
  server: z.string(),
  /** How many rows each table has. */
  rows: z.record(z.string(), z.number().int()),
});
export type Manifest = z.infer<typeof Manifest>;

/** `loaf-2026-11-30T02-15-00Z.dump`, so that names sort by age. */
const NAME = /^loaf-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.dump$/;

export const dumpName = (now: Date): string => `loaf-${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z.dump`;

export const manifestOf = (dump: string): string => dump.replace(/\.dump$/, ".json");

/** What a backup that was killed may leave behind: half a copy, or a description whose copy is missing. */
const LEFT_BEHIND = /^loaf-[\dTZ-]+\.(dump\.part|json)$/;

/** Removes what killed backups left behind. No backup may be running there. */
export async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory);
  const needed = new Set(names.filter((name) => name.endsWith(".dump")).map(manifestOf));
  for (const name of names) if (LEFT_BEHIND.test(name) && !needed.has(name)) await rm(join(directory, name));
}

/** The backups in a directory, the newest first. */
export const listDumps = async (directory: string): Promise<string[]> =>
  (await readdir(directory))
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => join(directory, name));

export const readManifest = async (dump: string): Promise<Manifest> =>
  Manifest.parse(JSON.parse(await readFile(manifestOf(dump), "utf8")));

/** Counts every table. */
export async function countRows(client: Client): Promise<Manifest["rows"]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const counts: Manifest["rows"] = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${name}`);
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}
