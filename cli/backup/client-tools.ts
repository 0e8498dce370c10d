import { spawn } from "node:child_process";

/**
 * Runs `pg_dump` or `pg_restore` of PostgreSQL's client. The password goes by the environment: every user of a machine can read
 * the arguments of its processes.
 */
export async function runClientTool(
  tool: "pg_dump" | "pg_restore",
  database_url: string,
  args: string[],
): Promise<void> {
  const address = new URL(database_url);
  const password = decodeURIComponent(address.password);
  address.password = "";
  const child = spawn(tool, ["--dbname", address.href, ...args], {
    env: { ...process.env, ...(password && { PGPASSWORD: password }) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error(
      `${tool} is not installed. It comes with PostgreSQL's client, of the server's version or a later one.`,
    );
  });
  if (code !== 0) throw new Error(`${tool} failed. ${said.trim()}`);
}
