import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { asCommand } from "./command.ts";

const MIGRATIONS = join(import.meta.dirname, "../migrations");

/** Migrates a database to the newest schema in one transaction. Does nothing if it is already there. */
export async function migrate(database_url: string, migrationsFolder = MIGRATIONS): Promise<void> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    // If two deployments run at once, the second waits and then finds nothing to do.
    await client.query("select pg_advisory_lock(hashtext('loaf:migrate'))");
    await client.query("set client_min_messages to warning");
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

await asCommand(import.meta, async ({ database_url }) => {
  await migrate(database_url);
  console.log("The database is up to date.");
});
