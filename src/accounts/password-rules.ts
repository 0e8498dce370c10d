import { blake2b } from "@noble/hashes/blake2.js";
import * as z from "zod";
import { invalid } from "../http/errors.ts";
import { VISIBLE } from "../http/schemas.ts";
import type { users } from "../tables/people.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** Counts Unicode characters, not UTF-16 units: most emoji are one character and two units. */
const hasCharacters = (least: number, most: number) => (text: string) => {
  const { length } = [...text];
  return length >= least && length <= most;
};

const WRONG_LENGTH = "must have 8 to 256 characters";

/** Allows any characters. They are composed (NFC) before hashing, so it does not matter how a keyboard makes them. */
export const NewPassword = z
  .string()
  .max(1024, WRONG_LENGTH)
  .transform((password) => password.normalize("NFC"))
  .pipe(
    z
      .string()
      .refine(hasCharacters(8, 256), WRONG_LENGTH)
      .regex(/^\P{Cs}*$/u, "must be valid Unicode text")
      .refine((text) => VISIBLE.test(text), "must not consist of spaces, accents and invisible characters only")
      .meta({ minLength: 8, maxLength: 256 }),
  )
  .meta({ example: "a long enough passphrase" });

type PasswordOwner = Pick<typeof users.$inferSelect, "first_name" | "last_name"> & { email: string };

const encoder = new TextEncoder();

/** The form in which we look passwords up: "I love you" is as common as "iloveyou". */
const fold = (text: string) => text.normalize("NFC").toLowerCase().normalize("NFC").replace(/\s/gu, "");

/** The same for names, without what separates them: "Alex Example", "alex.example" and "ALEX-EXAMPLE" are equal. */
const foldName = (text: string) => fold(text).replace(/[.\p{Pc}\p{Pd}]/gu, "");

/** The 24 bits that stand for a password in {@link COMMON_PASSWORDS}. */
export function shortDigest(password: string): number {
  const [high = 0, middle = 0, low = 0] = blake2b(encoder.encode(fold(password)), { dkLen: 3 });
  return high * 65_536 + middle * 256 + low;
}

/**
 * The digests in {@link COMMON_PASSWORDS}, which stores the distances between them. Each distance is a run of ones (one
 * for each 4096 in it), a zero, and twelve bits for the rest.
 */
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

/** Read when someone first chooses a password. */
let common: Set<number> | undefined;

/**
 * Whether the password is one of the 3000 most common that have at least 8 characters (OWASP ASVS 5.0, 6.2.4). One in
 * 5600 other passwords shares its 24 bits with one of these and is refused too. Its owner just has to choose another.
 */
function isCommon(password: string): boolean {
  common ??= readCommonPasswords();
  return common.has(shortDigest(password));
}

function isOwn(password: string, { email, first_name, last_name }: PasswordOwner): boolean {
  const mailbox = email.slice(0, email.lastIndexOf("@"));
  const own = [email, mailbox, first_name, last_name, first_name + last_name, last_name + first_name];
  const given = foldName(password);
  return given !== "" && own.map(foldName).includes(given);
}

/** Why a new password of the right length is not good enough, or null. Completes a sentence: "The password …". */
export function passwordFault(password: string, owner: PasswordOwner): string | null {
  if (isOwn(password, owner)) return "must not be your name or email address";
  if (isCommon(password)) return "is one of the most common passwords, which attackers try first";
  return null;
}

/** 400 `invalid_input`, naming the field, for a password that is common or is its owner's name or address. */
export function assertGoodPassword(password: string, owner: PasswordOwner, path: string): void {
  const message = passwordFault(password, owner);
  if (message) throw invalid(path, message);
}
