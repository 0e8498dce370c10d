import { argon2id } from "@noble/hashes/argon2.js";
import { compareSync } from "bcryptjs";
import { derive as deriveBytes } from "../access/signatures.ts";
import type { Settings } from "../env.ts";

/**
 * OWASP's argon2id parameters: 19 MiB, two passes, one lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const OWASP = { m: 19_456, t: 2, p: 1 };
/** Defined where the tests build the Worker, which sign in hundreds of times: never in what is deployed. */
declare const PASSWORD_COST: typeof OWASP | undefined;
const COST = typeof PASSWORD_COST === "undefined" ? OWASP : PASSWORD_COST;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** The synchronous form: twenty at once need a quarter of the memory that the asynchronous one takes. */
const derive = (password: string, salt: Uint8Array, { m, t, p }: typeof COST, bytes: number) =>
  argon2id(password.normalize("NFC"), salt, { m, t, p, dkLen: bytes });

function encode(salt: Uint8Array, hash: Uint8Array): string {
  return `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$${toBase64(salt)}$${toBase64(hash)}`;
}

/**
 * The salt of all passwords of one address: the owner's and those of registrations beside it, which signing in checks too.
 * So one derivation checks them all, and takes as long for an address that has one as for one that has several.
 */
export const saltOf = (settings: Settings, email: string): Promise<Uint8Array<ArrayBuffer>> =>
  deriveBytes(settings, "salt", email);

/** A new hash in PHC string format, which names its own parameters. Takes about 130 ms of CPU. */
export function hashPassword(password: string, salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))): string {
  return encode(salt, derive(password, salt, COST, HASH_BYTES));
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const BCRYPT = /^\$2[aby]\$\d\d\$/;

/** What an unknown address is checked against, so that it costs what a known one does. No password matches it. */
const NOBODY = encode(new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES));

/**
 * Which of the hashes are the password's. Hashes with the same salt share a derivation; without any hash it works as hard
 * and says no. The old system's are bcrypt (`$2a$`, `$2b$`, `$2y$`).
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
      derive(password, fromBase64(salt), { m: Number(m), t: Number(t), p: Number(p) }, wanted.length);
    derived.set(parameters, found);
    return equal(found, wanted);
  };
  if (!hashes.some(Boolean)) matches(NOBODY);
  return hashes.map((hash) => (hash ? matches(hash) : false));
}

/** Whether the password is the hash's. Without a hash it works as hard and says no. */
export const verifyPassword = (password: string, hash: string | null | undefined): boolean =>
  checkPassword(password, [hash]).includes(true);

/** Whether a hash was made by another system, or when less was thought to be enough. */
export const isOutdated = (hash: string): boolean =>
  !hash.startsWith(`$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$`);

/**
 * The old system took what was typed as it came. Another keyboard may compose what was typed decomposed, or the other way
 * round: one other spelling is tried, and no third, since each takes as long as bcrypt takes.
 */
function matchesBcrypt(password: string, hash: string): boolean {
  const composed = password.normalize("NFC");
  const other = password === composed ? password.normalize("NFD") : composed;
  try {
    return [...new Set([password, other])].some((spelling) => compareSync(spelling, hash));
  } catch {
    return false; // a hash that is none
  }
}

/** Compares in time that does not depend on where they differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
