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

/** Sends requests with the access token. When it has expired, gets a new one first, once for all requests that wait. */
export function keepSignedIn({
  baseUrl,
  tokens,
  fetch,
  onSignedOut,
}: Session): (attempt: Attempt) => Promise<Response> {
  let refreshing: Promise<Tokens | null> | undefined;

  async function refresh({ refresh_token }: Tokens): Promise<Tokens | null> {
    const body: RefreshRequest = { refresh_token };
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(
      new Request(`${baseUrl}/api/auth/refresh`, { method: "POST", headers, body: JSON.stringify(body) }),
    );
    if (answer.ok) {
      const fresh: Refreshed = await answer.json();
      tokens.set(fresh);
      return fresh;
    }
    if (answer.status === 401) {
      tokens.set(null);
      onSignedOut();
    }
    return null;
  }

  /** The tokens after those that have expired: another request, or another tab, may have them already. */
  function tokensAfter(expired: string): Promise<Tokens | null> | Tokens | null {
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
    const fresh = await tokensAfter(sent);
    return fresh ? attempt(fresh.access_token) : answer;
  };
}
