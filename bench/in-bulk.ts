import { setTimeout } from "node:timers/promises";
import { database } from "../test/harness/platform.ts";

/** SQL, with its parameters if it has any. */
type Statement = string | [sql: string, params: unknown[]];

/**
 * Writes many rows. Skips triggers and foreign keys, because only the rows matter. Afterwards PostgreSQL knows how many rows
 * the tables have, and which pages are visible to all and need no second look. It marks only pages whose commits are on
 * disk, so each commit waits for the disk.
 */
export async function inBulk(tables: readonly string[], ...statements: Statement[]): Promise<void> {
  const client = await database.connect();
  try {
    await client.query("set session_replication_role = replica; set synchronous_commit = on");
    for (const statement of statements) {
      const [sql, params] = typeof statement === "string" ? [statement, []] : statement;
      await client.query(sql, params);
    }
    await client.query("set session_replication_role = origin; reset synchronous_commit");
  } finally {
    client.release();
  }
  for (const table of tables) await vacuum(table);
}

/** Vacuums until pages are marked: a snapshot from before the rows, such as autovacuum's, may still be in use. */
async function vacuum(table: string): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await database.query(`vacuum (analyze) ${table}`);
    const { rows } = await database.query<{ marked: boolean }>(
      "select relallvisible >= relpages * 0.9 as marked from pg_class where oid = $1::regclass",
      [table],
    );
    if (rows[0]?.marked) return;
    await setTimeout(1000);
  }
}
