import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { InvalidRequest, SIZE_LIMIT, type SqlRequest, type SqlResult, type Statement } from "./protocol.ts";

/** PostgreSQL could not be reached. Neon's proxy then returns 500 without a SQLSTATE. */
export class ConnectionFailed extends Error {}

/** The result is too large for the protocol (507). A batch is rolled back, but a single statement has already run. */
export class ResponseTooLarge extends Error {
  constructor() {
    super(`response is too large (max is ${SIZE_LIMIT} bytes)`);
  }
}

export interface Executor {
  /** Runs a request and returns the JSON response body. Rejects with PostgreSQL's error or one of the errors above. */
  execute(request: SqlRequest): Promise<string>;
  stop(): Promise<void>;
}

/** Connections are kept open, because opening one costs more than a request. */
const POOL = { max: 50, idleTimeoutMillis: 0, pipeline: true };

/** Like `discard all`, but keeps function plans: rebuilding them takes a quarter of the server's time. */
const FORGET = `close all; set session authorization default; reset all; unlisten *;
  select pg_advisory_unlock_all(); discard temp; discard sequences`;

/** Returns PostgreSQL's text unchanged. */
const as_text = { getTypeParser: () => (value: string) => value };

/**
 * Keeps one pool per connection string. It connects only to `hosts`, so that a wrong setting cannot reach a real
 * database.
 */
export function executor(hosts: ReadonlySet<string>, { keep_plans }: { keep_plans: boolean }): Executor {
  const nameOf = keep_plans ? names() : NO_NAMES;
  const forget = keep_plans ? FORGET : `${FORGET}; deallocate all`;
  const pools = new Map<string, pg.Pool>();

  const poolOf = (connection_string: string): pg.Pool => {
    const known = pools.get(connection_string);
    if (known !== undefined) return known;
    const { hostname } = new URL(connection_string);
    if (!hosts.has(hostname)) {
      throw new InvalidRequest(
        `the local Neon endpoint connects to this machine's databases only, not to "${hostname}"`,
      );
    }
    const pool = new pg.Pool({ connectionString: connection_string, ...POOL });
    // An idle connection can be lost, when the server stops or a test drops its database. The next request opens a new
    // one.
    pool.on("error", () => undefined);
    pools.set(connection_string, pool);
    return pool;
  };

  const executeOnce = async (request: SqlRequest, nameOf: NameOf): Promise<string> => {
    const client = await poolOf(request.connection_string)
      .connect()
      .catch((error: unknown) => {
        throw new ConnectionFailed(`could not connect to PostgreSQL: ${error}`);
      });
    // Without a listener, losing a connection in use would end the process. The statement's promise reports the error
    // too.
    const ignore = () => undefined;
    client.on("error", ignore);
    try {
      return request.begin === undefined
        ? await runAlone(client, request, nameOf)
        : await runBatch(client, request, nameOf);
    } finally {
      // Resets the session to a clean state, whatever was set or left open. The response does not wait for this.
      void client
        .query(client.getTransactionStatus() === "I" ? forget : `rollback; ${forget}`)
        .then(() => client.release())
        .catch(() => client.release(true))
        .finally(() => client.off("error", ignore));
    }
  };

  return {
    execute: (request) =>
      executeOnce(request, nameOf).catch((error: unknown) => {
        // A table has other columns than when its plan was made. Nothing was done.
        const is_outdated = error instanceof pg.DatabaseError && error.routine === "RevalidateCachedQuery";
        if (is_outdated) return executeOnce(request, NO_NAMES);
        throw error;
      }),
    async stop() {
      // A statement that waits for a lock would keep its pool open. Its session ends with the server or the process.
      const ended = Promise.all([...pools.values()].map((pool) => pool.end()));
      await Promise.race([ended, sleep(1000, undefined, { ref: false })]);
    },
  };
}

/**
 * PostgreSQL keeps the plan of a statement that has a name. A text gets one when it comes for the second time: many come
 * once. Never more than a thousand, because each connection keeps its own plans.
 */
function names(): NameOf {
  const seen = new Map<string, string | undefined>();
  let named = 0;
  return (text) => {
    const name = seen.get(text);
    if (name !== undefined || named === MOST_NAMES) return name;
    if (seen.has(text)) named += 1;
    const next = seen.has(text) ? `kept_${named}` : undefined;
    seen.set(text, next);
    return next;
  };
}

type NameOf = (text: string) => string | undefined;
const NO_NAMES: NameOf = () => undefined;
const MOST_NAMES = 1000;

/** What opens a transaction, keeps it and undoes it. */
interface Bounds {
  begin: string;
  commit: string;
  rollback: string;
}

const SAVEPOINT: Bounds = {
  begin: "savepoint request",
  commit: "release savepoint request",
  rollback: "rollback to savepoint request",
};

/**
 * Runs all requests, one after another, in one transaction that `stop` rolls back. Each is a savepoint of it.
 *
 * @param opening the transaction's first statements
 */
export async function rolledBack(database_url: string, opening: string): Promise<Executor> {
  const client = new pg.Client({ connectionString: database_url });
  client.on("error", () => undefined);
  await client.connect();
  let last: Promise<unknown> = client.query(`begin; ${opening}`);
  await last.catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
  return {
    execute(request) {
      const answer = last.then(() => runBatch(client, request, NO_NAMES, SAVEPOINT));
      last = answer.catch(() => undefined);
      return answer;
    },
    async stop() {
      await last;
      await client.query("rollback").finally(() => client.end());
    },
  };
}

async function runAlone(
  client: pg.PoolClient,
  { statements, array_mode }: SqlRequest,
  nameOf: NameOf,
): Promise<string> {
  const [result] = await Promise.all(statements.map((statement) => run(client, statement, array_mode, nameOf)));
  return withinLimit(JSON.stringify(result));
}

/**
 * Runs one transaction. All statements are sent at once. If one fails, so do those after it, so the first error is the
 * cause.
 */
async function runBatch(
  client: pg.Client,
  { statements, begin = "begin", array_mode }: SqlRequest,
  nameOf: NameOf,
  bounds: Bounds = { begin, commit: "commit", rollback: "rollback" },
): Promise<string> {
  client.connection.stream.cork();
  const opened = client.query(bounds.begin);
  const answers = statements.map((statement) => run(client, statement, array_mode, nameOf));
  client.connection.stream.uncork();
  const outcomes = await Promise.allSettled([opened, ...answers]);
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  try {
    if (failure !== undefined) throw failure.reason;
    const body = withinLimit(JSON.stringify({ results: await Promise.all(answers) }));
    await client.query(bounds.commit);
    return body;
  } catch (error) {
    await client.query(bounds.rollback).catch(() => undefined);
    throw error;
  }
}

async function run(
  client: pg.Client,
  { query, params }: Statement,
  array_mode: boolean,
  nameOf: NameOf,
): Promise<SqlResult> {
  // Uses extended mode even without parameters, so that several statements in one string are rejected, as at Neon.
  const name = nameOf(query);
  const config = { text: query, values: params, types: as_text, queryMode: "extended", ...(name && { name }) };
  const { fields, rows, command, rowCount } = array_mode
    ? await client.query({ ...config, rowMode: "array" })
    : await client.query(config);
  return { fields, rows, command, rowCount, rowAsArray: array_mode };
}

function withinLimit(body: string): string {
  if (Buffer.byteLength(body) > SIZE_LIMIT) throw new ResponseTooLarge();
  return body;
}
