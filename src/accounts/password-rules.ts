import { blake2b } from "@noble/hashes/blake2.js";
import { invalid } from "../http/errors.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** Whose password it is to be. */
export interface PasswordOwner {
  email: string;
  first_name: string;
  last_name: string;
}

const encoder = new TextEncoder();

/** The spelling in which passwords are looked up: "I love you" is as common as "iloveyou". */
const folded = (text: string) => text.normalize("NFC").toLowerCase().normalize("NFC").replace(/\s/gu, "");

/** The same for names, however they are joined: "Alex Example", "alex.example", "ALEX-EXAMPLE". */
const joined = (text: string) => folded(text).replace(/[.\p{Pc}\p{Pd}]/gu, "");

/** The 24 bits that stand for a password in {@link COMMON_PASSWORDS}. */
export function shortDigest(password: string): number {
  const [high = 0, middle = 0, low = 0] = blake2b(encoder.encode(folded(password)), { dkLen: 3 });
  return high * 65_536 + middle * 256 + low;
}

/** What {@link COMMON_PASSWORDS} holds: a run of ones and a zero count the 4096s of each distance, twelve bits the rest. */
function readCommonPasswords(): Set<number> {
  const bits = Array.from(atob(COMMON_PASSWORDS), (char) => char.charCodeAt(0).toString(2).padStart(8, "0")).join("");
  const digests = new Set<number>();
  let digest = 0;
  for (const [, high = "", low = ""] of bits.matchAll(/(1*)0([01]{12})/g)) {
    digest += high.length * 4096 + Number.parseInt(low, 2);
    digests.add(digest);
  }
  return digests;
}

/** Read when the first password is chosen, and kept. */
let common: Set<number> | undefined;

/**
 * Whether the password is one of the 3000 most common that are long enough (OWASP ASVS 5.0, 6.2.4). One in 5600 others
 * shares its 24 bits with one of them, and is refused too: all that costs is to think of another.
 */
function isCommon(password: string): boolean {
  common ??= readCommonPasswords();
  return common.has(shortDigest(password));
}

function isOwn(password: string, { email, first_name, last_name }: PasswordOwner): boolean {
  const own = [
    email,
    email.slice(0, email.lastIndexOf("@")),
    first_name,
    last_name,
    first_name + last_name,
    last_name + first_name,
  ];
  const given = joined(password);
  return given !== "" && own.map(joined).includes(given);
}

/**
 * What speaks against a new password, beside its length: the end of a sentence that begins with "The password", or null.
 * Nothing is asked of its composition: long and one's own is what makes it good.
 */
export function passwordFault(password: string, owner: PasswordOwner): string | null {
  if (isOwn(password, owner)) return "must not be your name or e-mail address";
  if (isCommon(password)) return "is one of the most common ones, which are tried first";
  return null;
}

/** Refuses a new password that is common, or its owner's name or address: 400 `invalid_input` with the field's path. */
export function assertGoodPassword(password: string, owner: PasswordOwner, path: string): void {
  const message = passwordFault(password, owner);
  if (message) throw invalid(path, message);
}
