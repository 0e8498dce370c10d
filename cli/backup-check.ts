import { parseArgs } from "node:util";
import { givenDatabase } from "../local/database-url.ts";
import { localDatabaseUrl, portsFromEnvironment } from "../local/settings.ts";
import { runClientTool, stopSignal } from "./backup/client-tools.ts";
import { countRows, listDumps, readManifest } from "./backup/manifest.ts";
import { asCommand } from "./command.ts";
import { onNewDatabase, withClient } from "./scratch-database.ts";

const USAGE = `npm run backup:check -- --from DIRECTORY [--file DUMP] [--server postgres://…]
Restores the newest backup of a directory (or the one named) into a new database on a server, counts the rows of every table, and
drops the database again. Exits with code 1 if anything differs. The server is that of CHECK_SERVER_URL, or else the local one. It is
never taken from DATABASE_URL. An address without a password may also come as --server.`;

/** Restores a backup into a database that exists only meanwhile. Returns the tables whose counts differ. */
export async function checkBackup(dump: string, server: string, signal: AbortSignal): Promise<string[]> {
  const { rows: expected } = await readManifest(dump);
  return onNewDatabase(server, async (scratch) => {
    // The other server's roles may not exist on this one.
    await runClientTool("pg_restore", scratch, ["--no-owner", "--no-privileges", "--exit-on-error", dump], signal);
    const found = await withClient(scratch, countRows);
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
      .filter((table) => expected[table] !== found[table])
      .map((table) => `${table}: ${expected[table] ?? "not"} in the backup, ${found[table] ?? "not"} restored`);
  });
}

await asCommand(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      file: { type: "string" },
      server: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const dump = values.file ?? (values.from ? (await listDumps(values.from))[0] : undefined);
  if (dump === undefined)
    throw new Error(values.from ? `${values.from} has no backup.` : `Which backup? Pass --from DIRECTORY.\n\n${USAGE}`);
  const given = givenDatabase("--server", values.server, "CHECK_SERVER_URL");
  const server = given?.url ?? localDatabaseUrl(portsFromEnvironment().postgres);
  const { made_at, rows } = await readManifest(dump);
  const differing = await checkBackup(dump, server, stopSignal());
  const hours = Math.floor((Date.now() - Date.parse(made_at)) / 3_600_000);
  if (differing.length > 0) throw new Error(`${dump} does not restore completely:\n${differing.join("\n")}`);
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  console.log(`${dump} restores: ${total} rows in ${Object.keys(rows).length} tables. It is ${hours} hours old.`);
});
