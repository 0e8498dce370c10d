import { neon, neonConfig } from "@neondatabase/serverless";
import type { Statements } from "../recorder.ts";

interface Bindings {
  DATABASE_URL: string;
  NEON_HTTP_ENDPOINT: string;
  /** By path. */
  STATEMENTS: Record<string, Statements>;
}

/**
 * The least that can answer with what the database says: the statements of the route at that path, through the same
 * driver, and their rows as they come.
 */
export default {
  async fetch(request, { DATABASE_URL, NEON_HTTP_ENDPOINT, STATEMENTS }) {
    neonConfig.fetchEndpoint = NEON_HTTP_ENDPOINT;
    const sql = neon(DATABASE_URL);
    const statements = STATEMENTS[new URL(request.url).pathname] ?? [];
    return Response.json(await sql.transaction(statements.map(({ query, params }) => sql.query(query, params))));
  },
} satisfies ExportedHandler<Bindings>;
