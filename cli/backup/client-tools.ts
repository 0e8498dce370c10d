import { spawn } from "node:child_process";

/** Aborts when somebody stops the command, so that it can clean up first. The second time, it ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(name, () => stop.abort(new Error("Stopped.")));
  return stop.signal;
}

/**
 * Runs `pg_dump` or `pg_restore` of PostgreSQL's client. The password goes by the environment: every user of a machine can read
 * the arguments of its processes. Throws the reason of `signal` once that is aborted and the tool has ended.
 */
export async function runClientTool(
  tool: "pg_dump" | "pg_restore",
  database_url: string,
  args: string[],
  signal: AbortSignal,
): Promise<void> {
  const address = new URL(database_url);
  const password = decodeURIComponent(address.password);
  address.password = "";
  const child = spawn(tool, ["--dbname", address.href, ...args], {
    env: { ...process.env, ...(password && { PGPASSWORD: password }) },
    stdio: ["ignore", "ignore", "pipe"],
    signal,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    // Even when it is stopped, it may write until it has closed.
    child.once("error", (error) => signal.aborted || reject(error));
    child.once("close", resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error(
      `${tool} is not installed. It comes with PostgreSQL's client, of the server's version or a later one.`,
    );
  });
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`${tool} failed. ${said.trim()}`);
}
