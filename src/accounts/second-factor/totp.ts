import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { Secret, TOTP } from "otpauth/bare";

/** RFC 6238, in the one variant that every authenticator app supports. */
const authenticator = (secret: Uint8Array, names: { issuer?: string; label?: string } = {}) =>
  new TOTP({
    ...names,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    algorithm: "SHA1",
    digits: 6,
    period: 30,
    hmac: (_, key, message) => hmac(sha1, key, message),
  });

/** As long as a SHA-1 hash, as RFC 4226 recommends: https://www.rfc-editor.org/rfc/rfc4226#section-4 */
export const newSecret = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(20));

/**
 * What an authenticator app needs: the secret to type, and the same secret as a URL for a QR code.
 * https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function forAuthenticator(secret: Uint8Array, { issuer, label }: { issuer: string; label: string }) {
  // A colon would separate the issuer from the label.
  const totp = authenticator(secret, { issuer: issuer.replaceAll(":", " "), label });
  return { secret: totp.secret.base32, otpauth_url: totp.toString() };
}

/**
 * The 30-second step that the code belongs to, counted from 1970. Null unless it is the current step, or the one before
 * or after it: clocks differ, and typing takes a while.
 */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | null {
  const totp = authenticator(secret);
  const timestamp = now.getTime();
  const distance = totp.validate({ token: code, timestamp, window: 1 });
  return distance === null ? null : totp.counter({ timestamp }) + distance;
}
