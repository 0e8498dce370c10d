import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";
import * as z from "zod";
import { givenDatabase, type NamedDatabase, unreachable } from "../local/database-url.ts";
import { asCommand } from "./command.ts";

const USAGE = `npm run erase:again -- [--list erased.txt] [--newer postgres://…]
After a restore, schedules the erasure of everybody who was erased since the backup. The Worker's hourly job erases them, as always.
NEWER_DATABASE_URL: the state from before the restore, such as the branch that Neon keeps of it. It also knows who has asked to be
erased since. An address without a password may also come as --newer.
--list: the list that npm run backup keeps. It does not know who was erased after the last backup.`;

interface Asked {
  id: string;
  /** When they are to be erased. In the past for those who were. */
  erase_at: string;
}

/**
 * Schedules erasures in a restored database. Whoever registered after it was backed up is not in it, and those who were erased by
 * then stay so. Returns how many were scheduled.
 */
export async function eraseAgain(database_url: string, asked: readonly Asked[]): Promise<number> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `update users u set erase_at = least(u.erase_at, asked.erase_at), erase_wished = true
       from jsonb_to_recordset($1::jsonb) as asked(id uuid, erase_at timestamptz)
       where u.id = asked.id and u.erased_at is null and (u.erase_at is null or u.erase_at > asked.erase_at)`,
      [JSON.stringify(asked)],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function askedIn({ name, url }: NamedDatabase): Promise<Asked[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<Asked>("select id, erase_at::text from users where erase_at is not null");
    return rows;
  } catch (error) {
    const sentence = unreachable(name, url, error);
    throw sentence === undefined ? error : new Error(sentence);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function listed(path: string): Promise<Asked[]> {
  const ids = z.array(z.uuid()).safeParse((await readFile(path, "utf8")).split(/\s+/).filter(Boolean));
  if (!ids.success) throw new Error(`${path} must have the id of a person on each line.`);
  return ids.data.map((id) => ({ id, erase_at: new Date(0).toISOString() }));
}

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: { newer: { type: "string" }, list: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const newer = givenDatabase("--newer", values.newer, "NEWER_DATABASE_URL");
  if (!newer && !values.list) throw new Error(`Who was erased? Set NEWER_DATABASE_URL, or pass --list.\n\n${USAGE}`);
  const asked = [...(newer ? await askedIn(newer) : []), ...(values.list ? await listed(values.list) : [])];
  const count = await eraseAgain(database_url, asked);
  console.log(`${count} of ${asked.length} people will be erased again. Those who are due are erased within the hour.`);
});
