import { type NeonQueryFunction, neon, neonConfig } from "@neondatabase/serverless";
import { startNeon } from "../../local/neon/server.ts";
import { startPostgres } from "../../local/postgres.ts";
import { freePorts } from "../../local/settings.ts";

export interface NeonOnPostgres {
  sql: NeonQueryFunction<false, false>;
  neon_url: string;
  database_url: string;
  /** Orders a fault; the body is what a test would send. */
  fault(body: object): Promise<Response>;
  stats(match?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** The real driver, on the local endpoint, on a throwaway PostgreSQL. */
export async function startNeonOnPostgres({ keep_plans = false } = {}): Promise<NeonOnPostgres> {
  const postgres = await startPostgres({ port: (await freePorts()).postgres });
  const { neon_url, stop } = await startNeon({ port: 0, keep_plans });
  // The platform has its own way to fetch, if another test of this process has imported it.
  const { fetchEndpoint, fetchFunction } = neonConfig;
  neonConfig.fetchEndpoint = `${neon_url}/sql`;
  neonConfig.fetchFunction = undefined;
  return {
    sql: neon(postgres.database_url),
    neon_url,
    database_url: postgres.database_url,
    fault: (body) => fetch(`${neon_url}/faults`, { method: "POST", body: JSON.stringify(body) }),
    async stats(match) {
      const query = match === undefined ? "" : `?match=${encodeURIComponent(match)}`;
      return (await fetch(`${neon_url}/stats${query}`)).json();
    },
    async stop() {
      neonConfig.fetchEndpoint = fetchEndpoint;
      neonConfig.fetchFunction = fetchFunction;
      await stop();
      await postgres.stop();
    },
  };
}
