import { parseArgs } from "node:util";
import { databaseUrl } from "./database-url.ts";

export interface Flags {
  /** Start with empty data. */
  reset: boolean;
  /** Somebody's own database, to use instead of the embedded one. */
  database_url: string | undefined;
  /** Open the browser once everything runs. */
  open: boolean;
}

/**
 * The flags of `npm run dev` and `npm run stack`. npm 10 and 11 keep those that stand without `--` before them, and say
 * so in variables: `--reset` is npm_config_reset=true. Of `--database URL` they pass on the URL, with
 * npm_config_database=true. (npm 12 refuses such flags.)
 */
export function readFlags(args: string[], environment: NodeJS.ProcessEnv): Flags {
  const { npm_config_reset, npm_config_database, npm_config_open } = environment;
  const kept_by_npm = [
    ...(npm_config_reset === "true" ? ["--reset"] : []),
    ...(npm_config_open === "true" ? ["--open"] : []),
    ...(npm_config_database === "true" ? ["--database"] : []),
    ...(npm_config_database && npm_config_database !== "true" ? [`--database=${npm_config_database}`] : []),
  ];
  const { values } = parseArgs({
    args: [...kept_by_npm, ...args],
    options: {
      reset: { type: "boolean", default: false },
      open: { type: "boolean", default: false },
      database: { type: "string" },
    },
  });
  const { reset, open } = values;
  if (values.database === undefined) return { reset, open, database_url: undefined };
  if (reset) throw new Error("--reset only empties the database that comes with the project. Leave out --database.");
  return { reset, open, database_url: databaseUrl("--database", values.database) };
}
