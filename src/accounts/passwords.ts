import { argon2id } from "@noble/hashes/argon2.js";
import { compareSync } from "bcryptjs";
import { derive } from "../access/signatures.ts";
import type { Settings } from "../env.ts";

/**
 * OWASP's argon2id parameters: 19 MiB, two passes, one lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const OWASP = { m: 19_456, t: 2, p: 1 };
/** Set only when tests build the Worker, because they sign in hundreds of times. Never in a deployment. */
declare const PASSWORD_COST: typeof OWASP | undefined;
const COST = typeof PASSWORD_COST === "undefined" ? OWASP : PASSWORD_COST;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Synchronous, because twenty at once need a quarter of the memory that the asynchronous form takes. */
const deriveHash = (password: string, salt: Uint8Array, { m, t, p }: typeof COST, bytes: number) =>
  argon2id(password.normalize("NFC"), salt, { m, t, p, dkLen: bytes });

function encode(salt: Uint8Array, hash: Uint8Array): string {
  return `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$${toBase64(salt)}$${toBase64(hash)}`;
}

/**
 * The salt for all passwords of one address: the owner's, and those of unverified registrations, which signing in checks
 * too. One derivation then checks them all, so an address with several takes no longer than an address with one.
 */
export const saltFor = (settings: Settings, email: string): Promise<Uint8Array<ArrayBuffer>> =>
  derive(settings, "salt", email);

/** A new hash in PHC string format, which contains its parameters. Takes about 130 ms of CPU. */
export function hashPassword(password: string, salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))): string {
  return encode(salt, deriveHash(password, salt, COST, HASH_BYTES));
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const BCRYPT = /^\$2[aby]\$\d\d\$/;

/** The hash that an unknown address is checked against, so that it takes as long as a known one. No password matches. */
const NOBODY = encode(new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES));

/**
 * Which of the hashes match the password. Hashes with the same salt share one derivation; with no hash at all it takes as
 * long and none matches. Hashes from the old system are bcrypt (`$2a$`, `$2b$`, `$2y$`).
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

/** Whether the password matches the hash. Without a hash it takes as long, and is false. */
export const verifyPassword = (password: string, hash: string | null | undefined): boolean =>
  checkPassword(password, [hash]).includes(true);

/** Whether the old system made the hash, or we did with other parameters than today's. */
export const hashIsOutdated = (hash: string): boolean =>
  !hash.startsWith(`$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$`);

/**
 * The old system hashed a password exactly as it was typed. Another keyboard may compose what this one decomposes, or the
 * other way around, so this tries one other spelling. Not a third: each takes as long as bcrypt does.
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

/** Takes the same time wherever they differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
