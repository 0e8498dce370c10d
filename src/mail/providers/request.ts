import type { NotSent, ProviderContext } from "./provider.ts";

/** How long we wait for an answer, by how much we ask for. */
export const SINGLE_TIMEOUT_MS = 10_000;
export const BATCH_TIMEOUT_MS = 30_000;

/** Sends JSON to the provider. */
export function postJson(
  { MAIL_API_KEY }: ProviderContext["settings"],
  url: string,
  { body, timeout_ms, headers = {} }: { body: unknown; timeout_ms: number; headers?: Record<string, string> },
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    redirect: "manual", // never send the API key to another host
    signal: AbortSignal.timeout(timeout_ms),
    headers: { Authorization: `Bearer ${MAIL_API_KEY}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** Statuses that say nothing against the mail: a wrong key or address of the API, a slow or a busy provider. */
const NOT_THE_MAILS_FAULT = new Set([401, 403, 404, 405, 408, 409, 425, 429]);

/** What a refusal means. `detail` is the provider's own word for it. */
export function refusalOf(ctx: ProviderContext, response: Response, detail = ""): NotSent {
  const { status } = response;
  const too_fast_for = status === 429 ? pauseOf(ctx, response.headers) : undefined;
  return {
    sent: false,
    permanent: status >= 400 && status < 500 && !NOT_THE_MAILS_FAULT.has(status),
    error: `${status} ${detail}`.trim().slice(0, 100),
    ...(too_fast_for !== undefined && { too_fast_for }),
  };
}

const LONGEST_PAUSE_SECONDS = 3600;

/** After how many seconds the provider wants to hear from us again, if it says so. */
function pauseOf({ clock }: ProviderContext, headers: Headers): number | undefined {
  const retry_after = headers.get("Retry-After");
  const reset = headers.get("X-RateLimit-Reset");
  const seconds =
    retry_after === null
      ? Number(reset ?? Number.NaN) - clock().getTime() / 1000
      : Number.isNaN(Number(retry_after))
        ? (Date.parse(retry_after) - clock().getTime()) / 1000
        : Number(retry_after);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), LONGEST_PAUSE_SECONDS);
}
