import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import * as z from "zod";

const Batch = z.object({ queries: z.array(z.object({ query: z.string(), params: z.array(z.json()) })) });

/** One transaction as sent to the database. */
export type Statements = z.infer<typeof Batch>["queries"];

/** A proxy for a Neon endpoint that records transactions. */
export async function startRecorder(neon_url: string) {
  const recorded: Statements[] = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    recorded.push(Batch.parse(body).queries);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      name.startsWith("neon-") && typeof value === "string" ? [[name, value] as const] : [],
    );
    const answer = await fetch(`${neon_url}/sql`, {
      method: "POST",
      headers: [...headers],
      body: JSON.stringify(body),
    });
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/sql`,
    /** The transactions recorded since the last call. */
    take: () => recorded.splice(0, recorded.length),
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
