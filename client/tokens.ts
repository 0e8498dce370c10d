export interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** Where the tokens are kept. */
export interface TokenStore {
  get(): Tokens | null;
  set(tokens: Tokens | null): void;
}

/** Keeps the tokens until the page is closed or loaded again. */
export function inMemory(): TokenStore {
  let kept: Tokens | null = null;
  return {
    get: () => kept,
    set(tokens) {
      kept = tokens;
    },
  };
}

/**
 * Keeps the tokens in the browser: in `localStorage` for all tabs, or in `sessionStorage` for this one. Every script of the
 * page can read them there, so load no scripts that you do not trust.
 */
export function inStorage(storage: BrowserStorage, key = "loaf"): TokenStore {
  return {
    get() {
      const [access_token, refresh_token] = storage.getItem(key)?.split(" ") ?? [];
      return access_token && refresh_token ? { access_token, refresh_token } : null;
    },
    set(tokens) {
      if (tokens) storage.setItem(key, `${tokens.access_token} ${tokens.refresh_token}`);
      else storage.removeItem(key);
    },
  };
}

interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
