import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { InvalidRequest, SIZE_LIMIT, type SqlRequest, type SqlResult, type Statement } from "./protocol.ts";

/** PostgreSQL could not be reached: Neon's proxy answers 500 without a SQLSTATE, whatever the reason. */
export class ConnectionFailed extends Error {}

/**
 * What a statement returned is more than the protocol carries (507). A batch is rolled back; a single statement has
 * happened.
 */
export class ResponseTooLarge extends Error {
  constructor() {
    super(`response is too large (max is ${SIZE_LIMIT} bytes)`);
  }
}

export interface Executor {
  /**
   * Runs a request and returns the body of its answer, as JSON. Rejects with what PostgreSQL says, or one of the errors
   * above.
   */
  execute(request: SqlRequest): Promise<string>;
  stop(): Promise<void>;
}

/** Connections stay: to make one anew costs more than a request. */
const POOL = { max: 50, idleTimeoutMillis: 0, pipeline: true };

/** What `discard all` does, but for the plans of functions: to make those anew takes a quarter of the server's time. */
const FORGET = `close all; set session authorization default; reset all; deallocate all; unlisten *;
  select pg_advisory_unlock_all(); discard temp; discard sequences`;

/** PostgreSQL's text, untouched. */
const as_text = { getTypeParser: () => (value: string) => value };

/**
 * One pool per connection string. `hosts`: the only ones it connects to, so that a wrong setting never reaches a real
 * database.
 */
export function executor(hosts: ReadonlySet<string>): Executor {
  const pools = new Map<string, pg.Pool>();

  const poolOf = (connection_string: string): pg.Pool => {
    const known = pools.get(connection_string);
    if (known !== undefined) return known;
    const { hostname } = new URL(connection_string);
    if (!hosts.has(hostname)) {
      throw new InvalidRequest(`the local Neon endpoint serves this machine's databases only, not "${hostname}"`);
    }
    const pool = new pg.Pool({ connectionString: connection_string, ...POOL });
    // An idle connection may be cut (the server stops, a test drops its database); the next request connects anew.
    pool.on("error", () => undefined);
    pools.set(connection_string, pool);
    return pool;
  };

  return {
    async execute(request) {
      const client = await poolOf(request.connection_string)
        .connect()
        .catch((error: unknown) => {
          throw new ConnectionFailed(`could not connect to PostgreSQL: ${error}`);
        });
      // Without a listener a connection that is cut in use would end the process; the statement's own promise says it
      // too.
      const ignore = () => undefined;
      client.on("error", ignore);
      try {
        return request.begin === undefined ? await runAlone(client, request) : await runBatch(client, request);
      } finally {
        // The answer does not wait for this: the session is given back as if it were new, whatever was set or left open
        // in it.
        void client
          .query(client.getTransactionStatus() === "I" ? FORGET : `rollback; ${FORGET}`)
          .then(() => client.release())
          .catch(() => client.release(true))
          .finally(() => client.off("error", ignore));
      }
    },
    async stop() {
      // A statement that waits for a lock would keep its pool open; its session ends with the server or the process.
      const ended = Promise.all([...pools.values()].map((pool) => pool.end()));
      await Promise.race([ended, sleep(1000, undefined, { ref: false })]);
    },
  };
}

async function runAlone(client: pg.PoolClient, { statements, array_mode }: SqlRequest): Promise<string> {
  const [result] = await Promise.all(statements.map((statement) => run(client, statement, array_mode)));
  return withinLimit(JSON.stringify(result));
}

/**
 * One transaction. All statements are sent at once; one that fails makes those behind it fail too, so the first error
 * is the cause.
 */
async function runBatch(client: pg.PoolClient, { statements, begin, array_mode }: SqlRequest): Promise<string> {
  client.connection.stream.cork();
  const opened = client.query(begin ?? "begin");
  const answers = statements.map((statement) => run(client, statement, array_mode));
  client.connection.stream.uncork();
  const outcomes = await Promise.allSettled([opened, ...answers]);
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  try {
    if (failure !== undefined) throw failure.reason;
    const body = withinLimit(JSON.stringify({ results: await Promise.all(answers) }));
    await client.query("commit");
    return body;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function run(client: pg.PoolClient, { query, params }: Statement, array_mode: boolean): Promise<SqlResult> {
  // Extended mode even without parameters: like Neon it then refuses several statements in one string.
  const config = { text: query, values: params, types: as_text, queryMode: "extended" };
  const { fields, rows, command, rowCount } = array_mode
    ? await client.query({ ...config, rowMode: "array" })
    : await client.query(config);
  return { fields, rows, command, rowCount, rowAsArray: array_mode };
}

function withinLimit(body: string): string {
  if (Buffer.byteLength(body) > SIZE_LIMIT) throw new ResponseTooLarge();
  return body;
}
