/** Requests that may be sent twice: the second time changes nothing more. */
const REPEATABLE = ["GET", "HEAD", "PUT", "DELETE"];
const MOST_SECONDS = 30;

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/**
 * Sends a request again, up to `retries` times, while a service behind the API does not answer (503), after as many
 * seconds as `Retry-After` says. A POST is sent once: look whether it was done.
 */
export async function withRetries(
  request: Request,
  send: (request: Request) => Promise<Response>,
  retries: number,
): Promise<Response> {
  const answer = await send(request.clone());
  if (answer.status !== 503 || retries === 0 || !REPEATABLE.includes(request.method)) return answer;
  await pause(Math.min(Number(answer.headers.get("Retry-After") ?? 5), MOST_SECONDS));
  return withRetries(request, send, retries - 1);
}
