import { base64url } from "jose";
import type { Settings } from "../../env.ts";

type Keys = Pick<Settings, "SECOND_FACTOR_KEY" | "SECOND_FACTOR_KEY_PREVIOUS">;

const VERSION = "v1";
const IV_BYTES = 12;

const encoder = new TextEncoder();

async function keyOf(setting: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", encoder.encode(setting), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode("second-factor-secrets") },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** The owner's id is authenticated too: in another person's row the text cannot be decrypted. */
const parameters = (user_id: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: "AES-GCM",
  iv,
  additionalData: encoder.encode(user_id),
});

/** A secret as it is stored: `v1.<iv>.<ciphertext>`, AES-256-GCM under the current key. */
export async function encryptSecret(keys: Keys, user_id: string, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await keyOf(keys.SECOND_FACTOR_KEY);
  const ciphertext = await crypto.subtle.encrypt(parameters(user_id, iv), key, secret);
  return [VERSION, base64url.encode(iv), base64url.encode(new Uint8Array(ciphertext))].join(".");
}

/** The secret in a stored text, and whether the current key opened it or the previous one. Null when neither does. */
export async function decryptSecret(keys: Keys, user_id: string, stored: string) {
  const [version, iv, ciphertext] = stored.split(".");
  if (version !== VERSION || !iv || !ciphertext) return null;
  for (const setting of [keys.SECOND_FACTOR_KEY, keys.SECOND_FACTOR_KEY_PREVIOUS]) {
    if (!setting) continue;
    try {
      const secret = await crypto.subtle.decrypt(
        parameters(user_id, new Uint8Array(base64url.decode(iv))),
        await keyOf(setting),
        new Uint8Array(base64url.decode(ciphertext)),
      );
      return { secret: new Uint8Array(secret), current: setting === keys.SECOND_FACTOR_KEY };
    } catch {
      // Encrypted with the other key, or with neither.
    }
  }
  return null;
}
