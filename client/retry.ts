import { REPEATABLE } from "./repeatable.ts";

const MOST_SECONDS = 30;

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** The changes that may be sent twice. Each stands for `{id}` and the like with any value. */
const CHANGES = REPEATABLE.map(
  (change) => new RegExp(`^${change.replaceAll(/\{\w+\}/g, "[^/]+").replace(" ", " .*")}$`),
);

/** Whether a request may be sent twice: the second time changes nothing more, and gets the same answer. */
export function isRepeatable({ method, url }: Pick<Request, "method" | "url">): boolean {
  if (method === "GET" || method === "HEAD") return true;
  const change = `${method} ${new URL(url).pathname}`;
  return CHANGES.some((repeatable) => repeatable.test(change));
}

/**
 * Sends a request again, up to `retries` times, while a service behind the API does not answer (503), after as many
 * seconds as `Retry-After` says. What may not be done twice is sent once: look whether it was done.
 */
export async function withRetries(request: Request, send: () => Promise<Response>, retries: number): Promise<Response> {
  const answer = await send();
  if (answer.status !== 503 || retries === 0 || !isRepeatable(request)) return answer;
  await pause(Math.min(Number(answer.headers.get("Retry-After") ?? 5), MOST_SECONDS));
  return withRetries(request, send, retries - 1);
}
