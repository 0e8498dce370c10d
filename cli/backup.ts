import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { runClientTool, stopSignal } from "./backup/client-tools.ts";
import { countRows, dumpName, listDumps, type Manifest, manifestOf, removeUnfinished } from "./backup/manifest.ts";
import { asCommand } from "./command.ts";

const USAGE = `npm run backup -- --to DIRECTORY [--keep 14]
Writes the database of DATABASE_URL (or the local one) into a dated file with PostgreSQL's pg_dump. A file beside it says how many rows
each table has. Keeps the newest 14 backups. Adds the ids of erased people to erased.txt there, for npm run erase:again.
Everything about people is in the file: keep the directory on an encrypted disk that few can read.`;

/** Adds who was erased by now to those of earlier backups. Only ids, which name nobody. */
const ERASED_LIST = "erased.txt";

/** Writes a backup. The rows are counted in the very snapshot that is dumped. */
export async function backUp(
  database_url: string,
  directory: string,
  now: Date,
  signal: AbortSignal,
): Promise<{ dump: string; rows: number }> {
  if (new URL(database_url).hostname.includes("-pooler."))
    throw new Error(
      "DATABASE_URL names Neon's pooler, which cannot share a snapshot. Take the address without -pooler.",
    );
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const dump = join(directory, dumpName(now));
  const unfinished = `${dump}.part`;
  const client = new Client({ connectionString: database_url });
  const lost = new AbortController();
  // It has the snapshot and the lock, so without it the dump is worth nothing.
  client.on("error", (error) => lost.abort(new Error(`The database closed the connection: ${error.message}`)));
  await client.connect();
  try {
    await guardAlone(client);
    await removeUnfinished(directory);
    // It is idle while pg_dump runs, and Neon ends such a transaction after five minutes.
    await client.query("set idle_in_transaction_session_timeout = 0");
    await client.query("begin transaction isolation level repeatable read read only");
    const { rows } = await client.query<{ snapshot: string; server: string }>(
      "select pg_export_snapshot() as snapshot, current_setting('server_version') as server",
    );
    const { snapshot = "", server = "" } = rows[0] ?? {};
    // Other users of this machine must not be able to read it, not even while it is written.
    await writeFile(unfinished, "", { mode: 0o600 });
    const flags = ["--format=custom", `--snapshot=${snapshot}`, `--file=${unfinished}`];
    await runClientTool("pg_dump", database_url, flags, AbortSignal.any([signal, lost.signal]));
    const manifest: Manifest = { made_at: now.toISOString(), server, rows: await countRows(client) };
    await noteErased(client, join(directory, ERASED_LIST));
    await writeFile(manifestOf(dump), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, dump);
    return { dump, rows: Object.values(manifest.rows).reduce((sum, count) => sum + count, 0) };
  } finally {
    await client.end();
    await rm(unfinished, { force: true });
  }
}

/** Two backups at once would each take the other's files for abandoned. */
async function guardAlone(client: Client): Promise<void> {
  const { rows } = await client.query("select where pg_try_advisory_lock(hashtext('loaf:backup'))");
  if (rows.length === 0) throw new Error("Another backup of this database is being made.");
}

async function noteErased(client: Client, path: string): Promise<void> {
  const known = await readFile(path, "utf8").catch(() => "");
  const { rows } = await client.query<{ id: string }>("select id from users where erased_at is not null");
  const ids = new Set([...known.split("\n").filter(Boolean), ...rows.map(({ id }) => id)]);
  await writeFile(`${path}.part`, [...ids, ""].join("\n"), { mode: 0o600 });
  await rename(`${path}.part`, path);
}

/** Deletes all but the newest. */
async function deleteOld(directory: string, keep: number): Promise<number> {
  const old = (await listDumps(directory)).slice(keep);
  for (const dump of old) for (const path of [dump, manifestOf(dump)]) await rm(path, { force: true });
  return old.length;
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: { to: { type: "string" }, keep: { type: "string", default: "14" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  if (!values.to) throw new Error(`Where to? Pass --to DIRECTORY.\n\n${USAGE}`);
  const keep = Number(values.keep);
  if (!Number.isInteger(keep) || keep < 1) throw new Error("--keep must be a number of backups, at least 1.");
  const { dump, rows } = await backUp(database_url, values.to, new Date(), stopSignal());
  const deleted = await deleteOld(values.to, keep);
  console.log(`${dump}: ${rows} rows.${deleted > 0 ? ` Deleted ${deleted} older.` : ""}`);
});
