import { neon, neonConfig } from "@neondatabase/serverless";
import type { Statements } from "../recorder.ts";

interface Bindings {
  DATABASE_URL: string;
  NEON_HTTP_ENDPOINT: string;
  /** Keyed by path. */
  STATEMENTS: Record<string, Statements>;
}

/**
 * The smallest Worker that can answer from the database. It runs the statements of the route at this path through the
 * same driver and returns the rows unchanged.
 */
export default {
  async fetch(request, { DATABASE_URL, NEON_HTTP_ENDPOINT, STATEMENTS }) {
    neonConfig.fetchEndpoint = NEON_HTTP_ENDPOINT;
    const sql = neon(DATABASE_URL);
    const statements = STATEMENTS[new URL(request.url).pathname] ?? [];
    return Response.json(await sql.transaction(statements.map(({ query, params }) => sql.query(query, params))));
  },
} satisfies ExportedHandler<Bindings>;
