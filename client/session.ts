import type { components, paths } from "./schema.d.ts";
import type { TokenStore, Tokens } from "./tokens.ts";

type RefreshRequest = paths["/api/auth/refresh"]["post"]["requestBody"]["content"]["application/json"];
type Refreshed = paths["/api/auth/refresh"]["post"]["responses"][200]["content"]["application/json"];
type Problem = components["schemas"]["Problem"];

/** The refusals after which the tokens are of no use anymore. */
const NO_LONGER_SIGNED_IN: string[] = ["session_ended", "invalid_token"];

/** Sends a request with an access token, or without one. It may be called twice. */
export type Attempt = (access_token: string | undefined) => Promise<Response>;

interface Session {
  baseUrl: string;
  tokens: TokenStore;
  fetch: (request: Request) => Promise<Response>;
  onSignedOut: () => void;
}

/** How long one try to refresh may take. A used refresh token works for 30 seconds more, so two tries fit. */
const TRY_MS = 10_000;

/**
 * Sends requests with the access token. When it has expired, gets a new one first, once for all requests that wait. If
 * that is refused, they all get its refusal.
 */
export function keepSignedIn({
  baseUrl,
  tokens,
  fetch,
  onSignedOut,
}: Session): (attempt: Attempt) => Promise<Response> {
  let refreshing: Promise<Tokens | Response> | undefined;

  async function refresh({ refresh_token }: Tokens): Promise<Tokens | Response> {
    const answer = await askForTokens({ refresh_token }, 2);
    if (answer.ok) {
      const fresh: Refreshed = await answer.json();
      tokens.set(fresh);
      return fresh;
    }
    if (answer.status === 401) {
      tokens.set(null);
      onSignedOut();
    }
    return answer;
  }

  /** Tries again at once if no answer comes: it may have been lost, and a minute later it would be too late to ask. */
  async function askForTokens(body: RefreshRequest, tries: number): Promise<Response> {
    const request = new Request(`${baseUrl}/api/auth/refresh`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TRY_MS),
    });
    const answer = await fetch(request).catch((error: unknown) => {
      if (tries === 1) throw error;
    });
    return answer && (answer.status !== 503 || tries === 1) ? answer : askForTokens(body, tries - 1);
  }

  /** The tokens after those that have expired: another request, or another tab, may have them already. */
  function tokensAfter(expired: string): Promise<Tokens | Response> | Tokens | null {
    const kept = tokens.get();
    if (!kept || kept.access_token !== expired) return kept;
    refreshing ??= refresh(kept).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  return async (attempt) => {
    const sent = tokens.get()?.access_token;
    const answer = await attempt(sent);
    if (sent === undefined || answer.status !== 401) return answer;
    const { code }: Problem = await answer.clone().json();
    if (NO_LONGER_SIGNED_IN.includes(code) && tokens.get()?.access_token === sent) {
      tokens.set(null);
      onSignedOut();
    }
    if (code !== "token_expired") return answer;
    const fresh = (await tokensAfter(sent)) ?? answer;
    return "access_token" in fresh ? attempt(fresh.access_token) : fresh.clone();
  };
}
