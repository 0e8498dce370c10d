import { Client } from "pg";

export async function withClient<Result>(
  database_url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const PREFIX = "loaf_check_";

/** Does some work in an empty database of a server, which exists only meanwhile. */
export async function onNewDatabase<Result>(
  server_url: string,
  work: (database_url: string) => Promise<Result>,
): Promise<Result> {
  return withClient(server_url, async (server) => {
    await dropAbandoned(server);
    const name = `${PREFIX}${crypto.randomUUID().replaceAll("-", "")}`;
    // Says that the database is in use, for as long as this connection lasts.
    await server.query(`set application_name = ${name}`);
    await server.query(`create database ${name} template template0`);
    try {
      return await work(Object.assign(new URL(server_url), { pathname: `/${name}` }).href);
    } finally {
      await server.query(`drop database ${name} with (force)`);
    }
  });
}

/** Drops what a killed run left behind: it may hold a copy of everybody's data. */
async function dropAbandoned(server: Client): Promise<void> {
  const { rows } = await server.query<{ name: string }>(
    `select d.datname as name from pg_database d where starts_with(d.datname, $1)
       and not exists (select from pg_stat_activity a where a.application_name = d.datname::text)`,
    [PREFIX],
  );
  for (const { name } of rows) await server.query(`drop database if exists ${name} with (force)`);
}
