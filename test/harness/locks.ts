import type pg from "pg";
import { vi } from "vitest";
import { database, sql } from "./platform.ts";

interface Session {
  pid: number;
}

/**
 * Waits until one statement waits for a lock that this connection holds, in whatever database of the tests' server. Returns
 * who waits.
 *
 * @param waiting what the statement contains
 */
export async function untilBlocked(holder: pg.ClientBase, waiting = ""): Promise<Session> {
  const { rows } = await holder.query<Session>("select pg_backend_pid() as pid");
  return untilBlockedBy(rows[0] ?? { pid: 0 }, waiting);
}

/** The same for a lock of anybody else, who may be waiting, too. */
export async function untilBlockedBy({ pid }: Session, waiting = ""): Promise<Session> {
  const blocked =
    "select pid from pg_stat_activity where wait_event_type = 'Lock' and $1 = any(pg_blocking_pids(pid)) and strpos(query, $2) > 0";
  return vi.waitFor(
    async () => {
      const [session, ...others] = await sql<Session>(blocked, [pid, waiting]);
      if (!session || others.length > 0)
        throw new Error(`${session ? "Several sessions wait" : "Nobody waits"} for ${pid}`);
      return session;
    },
    { timeout: 15_000, interval: 20 },
  );
}

/**
 * Makes a request while another transaction holds an uncommitted change. Commits the change once the request is waiting
 * for it.
 */
export async function whileChanging<Answer>(
  change: string,
  params: unknown[],
  request: () => Promise<Answer>,
): Promise<Answer> {
  const holder = await database.connect();
  try {
    await holder.query("begin");
    await holder.query(change, params);
    const answer = request();
    await untilBlocked(holder);
    await holder.query("commit");
    return await answer;
  } finally {
    holder.release(true);
  }
}
