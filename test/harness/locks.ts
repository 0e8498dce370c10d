import { expect, vi } from "vitest";
import { database, sql } from "./platform.ts";

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
    const { rows } = await holder.query<{ pid: number }>("select pg_backend_pid() as pid");
    await holder.query("begin");
    await holder.query(change, params);
    const answer = request();
    await vi.waitFor(
      async () =>
        expect(
          await sql("select from pg_stat_activity where wait_event_type = 'Lock' and $1 = any(pg_blocking_pids(pid))", [
            rows[0]?.pid,
          ]),
        ).toHaveLength(1),
      { timeout: 10_000, interval: 20 },
    );
    await holder.query("commit");
    return await answer;
  } finally {
    holder.release(true);
  }
}
