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

/** Does some work in an empty database of a server, which exists only meanwhile. */
export async function onNewDatabase<Result>(
  server_url: string,
  work: (database_url: string) => Promise<Result>,
): Promise<Result> {
  const name = `loaf_check_${crypto.randomUUID().replaceAll("-", "")}`;
  const address = Object.assign(new URL(server_url), { pathname: `/${name}` });
  await withClient(server_url, (client) => client.query(`create database ${name} template template0`));
  try {
    return await work(address.href);
  } finally {
    await withClient(server_url, (client) => client.query(`drop database ${name} with (force)`));
  }
}
