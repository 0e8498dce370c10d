import type pg from "pg";
import { expect, vi } from "vitest";
import { database, sql } from "./platform.ts";

/**
 * Waits until one statement waits for a lock that this connection holds, in whatever database of the tests' server.
 *
 * @param waiting what the statement contains
 */
export async function untilBlocked(holder: pg.ClientBase, waiting = ""): Promise<void> {
  const { rows } = await holder.query<{ pid: number }>("select pg_backend_pid() as pid");
  const blocked =
    "select from pg_stat_activity where wait_event_type = 'Lock' and $1 = any(pg_blocking_pids(pid)) and strpos(query, $2) > 0";
  await vi.waitFor(async () => expect(await sql(blocked, [rows[0]?.pid, waiting])).toHaveLength(1), {
    timeout: 15_000,
    interval: 20,
  });
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
