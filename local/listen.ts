import { createServer } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, Hono } from "hono";

/** A Hono application with access to the socket of a request. */
export type LocalApp = Hono<{ Bindings: HttpBindings }>;

export interface LocalServer {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Serves an application on 127.0.0.1. Port 0 picks a free one. Rejects if the port is in use. */
export async function listen(app: LocalApp, port: number): Promise<LocalServer> {
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  // Node closes idle connections after 5 s. A client that reuses one at that moment would see a lost connection.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const listening = address !== null && typeof address === "object" ? address.port : port;
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Closes the connection without a response, like a network failure. */
export function dropConnection(c: Context<{ Bindings: HttpBindings }>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
