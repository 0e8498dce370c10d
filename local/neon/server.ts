import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import pg from "pg";
import * as z from "zod";
import { faultQueue } from "../faults.ts";
import { dropConnection, listen } from "../listen.ts";
import { type Executor, executor, ResponseTooLarge } from "./execute.ts";
import { contains, journal, journalEntry } from "./journal.ts";
import { ERROR_FIELDS, InvalidRequest, readRequest, SIZE_LIMIT } from "./protocol.ts";

const NeonFault = z.object({
  mode: z.enum(["before", "after_commit", "delay", "late", "status"]),
  count: z.int().positive(),
  ms: z.int().nonnegative().default(0),
  status: z.union([z.literal(413), z.literal(500), z.literal(507)]).default(500),
  match: z.string().min(1).optional(),
  skip: z.int().nonnegative().default(0),
});
type NeonFault = z.infer<typeof NeonFault>;

export interface NeonEndpoint {
  /** The base URL of `POST /sql`, `GET /stats`, `POST /faults`, and `DELETE /faults`. */
  neon_url: string;
  stop(): Promise<void>;
}

/**
 * Neon's HTTP endpoint for any PostgreSQL on this machine or on `database_url`'s host. It counts requests and can fail
 * on demand: before running, after the commit but before responding, by responding late (`delay`), by starting late
 * (`late`), or with a status.
 */
export async function startNeon({
  port,
  database_url,
  keep_plans = false,
  runs,
}: {
  port: number;
  database_url?: string;
  /** Plans a statement once and not each time, as Neon does. What a statement does is the same. */
  keep_plans?: boolean;
  /** What runs the requests, if not connections of its own. */
  runs?: Executor;
}): Promise<NeonEndpoint> {
  const hosts = new Set(["127.0.0.1", "localhost", "[::1]"]);
  if (database_url !== undefined) hosts.add(new URL(database_url).hostname);
  const { execute, stop: closeConnections } = runs ?? executor(hosts, { keep_plans });
  const requests = journal();
  const faults = faultQueue<NeonFault>();
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post("/sql", async (c) => {
    const body = await c.req.raw.arrayBuffer();
    if (body.byteLength > SIZE_LIMIT) {
      return c.json({ message: `request is too large (max is ${SIZE_LIMIT} bytes)` }, 413);
    }
    const request = readRequest(c.req.raw.headers, new TextDecoder().decode(body));
    const entry = journalEntry(request.statements);
    requests.write(entry);
    const fault = faults.take((text) => contains(entry, text));
    if (fault?.mode === "before") return dropConnection(c);
    if (fault?.mode === "status") return c.json({ message: `status ${fault.status}, as ordered` }, fault.status);
    if (fault?.mode === "late") await sleep(fault.ms);
    const answer = await execute(request);
    if (fault?.mode === "after_commit") return dropConnection(c);
    if (fault?.mode === "delay") await sleep(fault.ms);
    return c.body(answer, 200, { "Content-Type": "application/json" });
  });
  app.get("/stats", (c) => c.json(requests.stats(c.req.query("match"))));
  app.post("/faults", async (c) => {
    faults.add(NeonFault.parse(await c.req.json()));
    return c.body(null, 204);
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.onError(answerError);

  const server = await listen(app, port);
  return {
    neon_url: server.url,
    async stop() {
      await server.stop();
      await closeConnections();
    },
  };
}

/**
 * Like Neon's proxy: a PostgreSQL error is status 400 with its fields. Any other error is a message without a SQLSTATE.
 */
function answerError(error: Error, c: Context): Response {
  if (error instanceof pg.DatabaseError) {
    const fields: Record<string, unknown> = Object.fromEntries(Object.entries(error));
    fields.message = error.message;
    return c.json(Object.fromEntries(ERROR_FIELDS.map((name) => [name, fields[name] ?? null])), 400);
  }
  if (error instanceof ResponseTooLarge) return c.json({ message: error.message }, 507);
  if (error instanceof InvalidRequest) return c.json({ message: error.message }, 400);
  if (error instanceof z.ZodError) return c.json({ message: z.prettifyError(error) }, 400);
  return c.json({ message: error.message }, 500);
}
