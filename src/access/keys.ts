import type { Settings } from "../env.ts";

type Keys = Promise<[current: CryptoKey, ...previous: CryptoKey[]]>;

const imported = new WeakMap<object, Keys>();

/** The keys of JWT_SECRET and, while it is rotated, JWT_SECRET_PREVIOUS. The first one signs; each verifies. */
export function signingKeys(settings: Pick<Settings, "JWT_SECRET" | "JWT_SECRET_PREVIOUS">): Keys {
  let keys = imported.get(settings);
  if (!keys) {
    const { JWT_SECRET, JWT_SECRET_PREVIOUS } = settings;
    keys = Promise.all([importKey(JWT_SECRET), ...(JWT_SECRET_PREVIOUS ? [importKey(JWT_SECRET_PREVIOUS)] : [])]);
    imported.set(settings, keys);
  }
  return keys;
}

const importKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
