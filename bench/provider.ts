import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import * as z from "zod";

const Mail = z.object({ to: z.tuple([z.string()]) });
const Body = z.union([z.array(Mail).max(100), Mail.transform((mail) => [mail])]);

/** Accepts what Resend accepts, and remembers only when each address got mail. */
export async function startCountingProvider() {
  const times = new Map<string, number[]>();
  const answered = new Map<string, string>();
  const arrivals: { at: number; count: number }[] = [];
  const server = createServer(async (request, response) => {
    const key = String(request.headers["idempotency-key"]);
    const mails = Body.parse(await json(request));
    const known = answered.get(key);
    if (known === undefined) {
      const at = Date.now();
      arrivals.push({ at, count: mails.length });
      for (const { to } of mails) times.set(to[0], [...(times.get(to[0]) ?? []), at]);
    }
    const ids = mails.map(() => ({ id: crypto.randomUUID() }));
    const answer = known ?? JSON.stringify(request.url === "/emails/batch" ? { data: ids } : ids[0]);
    answered.set(key, answer);
    response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** How many mails it has sent. */
    sent: () => arrivals.reduce((sum, { count }) => sum + count, 0),
    timesOf: (address: string) => times.get(address) ?? [],
    /** How many addresses got more than one mail. */
    twice: () => [...times.values()].filter(({ length }) => length > 1).length,
    /** The most mails within any second. */
    busiestSecond: () =>
      Math.max(
        ...arrivals.map(({ at }, index) => {
          let sum = 0;
          for (const later of arrivals.slice(index)) {
            if (later.at >= at + 1000) break;
            sum += later.count;
          }
          return sum;
        }),
      ),
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
