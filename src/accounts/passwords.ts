import { argon2id } from "@noble/hashes/argon2.js";
import { compareSync } from "bcryptjs";
import { derive } from "../access/signatures.ts";
import type { Settings } from "../env.ts";

/**
 * OWASP's argon2id parameters: 19 MiB, two passes, one lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const OWASP = { m: 19_456, t: 2, p: 1 };
/** Only test builds of the Worker set this, because tests sign in hundreds of times. A deployment never does. */
declare const PASSWORD_COST: typeof OWASP | undefined;
const COST = typeof PASSWORD_COST === "undefined" ? OWASP : PASSWORD_COST;
const PREFIX = `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$`;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Synchronous: with twenty derivations at once, the asynchronous form needs four times the memory. */
const deriveHash = (password: string, salt: Uint8Array, { m, t, p }: typeof COST, bytes: number) =>
  argon2id(password.normalize("NFC"), salt, { m, t, p, dkLen: bytes });

const encode = (salt: Uint8Array, hash: Uint8Array) => `${PREFIX}${toBase64(salt)}$${toBase64(hash)}`;

/**
 * The salt that all passwords of one address share: the owner's, and those of unverified registrations. Signing in
 * checks them all, and with one salt this takes a single derivation, so time does not tell how many there are.
 */
export const saltFor = (settings: Settings, email: string): Promise<Uint8Array<ArrayBuffer>> =>
  derive(settings, "salt", email);

/** A new hash in PHC string format, which contains its parameters. Takes about 130 ms of CPU. */
export function hashPassword(password: string, salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))): string {
  return encode(salt, deriveHash(password, salt, COST, HASH_BYTES));
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const BCRYPT = /^\$2[aby]\$\d\d\$/;

/** We check an unknown address against this hash, so that it takes as long as a known one. No password matches it. */
const NOBODY = encode(new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES));

/**
 * Says for each hash whether it matches the password. Hashes with the same salt and parameters share one derivation.
 * With no hash at all, this takes as long as with one. Hashes from the old system are bcrypt (`$2a$`, `$2b$`, `$2y$`).
 */
export function checkPassword(password: string, hashes: (string | null | undefined)[]): boolean[] {
  const derived = new Map<string, Uint8Array>();
  const matches = (hash: string): boolean => {
    if (BCRYPT.test(hash)) return matchesBcrypt(password, hash);
    const [, m, t, p, salt, expected] = PHC.exec(hash) ?? [];
    if (!salt || !expected) return false;
    const wanted = fromBase64(expected);
    const parameters = `${m},${t},${p},${salt},${wanted.length}`;
    const found =
      derived.get(parameters) ??
      deriveHash(password, fromBase64(salt), { m: Number(m), t: Number(t), p: Number(p) }, wanted.length);
    derived.set(parameters, found);
    return equal(found, wanted);
  };
  if (!hashes.some(Boolean)) matches(NOBODY);
  return hashes.map((hash) => (hash ? matches(hash) : false));
}

/** Whether the password matches the hash. False without a hash, after the same time. */
export const verifyPassword = (password: string, hash: string | null | undefined): boolean =>
  checkPassword(password, [hash]).includes(true);

/** Whether the hash is from the old system, or is ours but with parameters that we no longer use. */
export const hashIsOutdated = (hash: string): boolean => !hash.startsWith(PREFIX);

/**
 * The old system hashed a password as the person typed it. Some keyboards send an accented letter as one character,
 * others as two, so this also tries the other form. It tries no third, because each try is a slow bcrypt run.
 */
function matchesBcrypt(password: string, hash: string): boolean {
  const composed = password.normalize("NFC");
  const other = password === composed ? password.normalize("NFD") : composed;
  try {
    return [...new Set([password, other])].some((spelling) => compareSync(spelling, hash));
  } catch {
    return false; // not a valid hash
  }
}

/** Whether two arrays are equal. Takes the same time wherever they differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
