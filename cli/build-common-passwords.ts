import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { dictionary } from "@zxcvbn-ts/language-common";
import * as z from "zod";
import { ROOT } from "../local/settings.ts";
import { shortDigest } from "../src/accounts/password-rules.ts";
import { asCommand } from "./command.ts";

const SOURCE = "@zxcvbn-ts/language-common";
const TARGET = join(ROOT, "src/accounts/common-passwords.ts");

/** OWASP ASVS 5.0 (6.2.4) requires checking the 3000 most common passwords of an allowed length. */
const HOW_MANY = 3000;
const SHORTEST = 8;

/** The passwords no one may choose, most common first. */
export function commonPasswords(): string[] {
  const long = dictionary["passwords-common"].filter((password) => [...password].length >= SHORTEST);
  const distinct = [...new Set(long.map((password) => password.normalize("NFC").toLowerCase()))];
  if (distinct.length < HOW_MANY)
    throw new Error(`${SOURCE} contains only ${distinct.length} passwords that are long enough`);
  return distinct.slice(0, HOW_MANY);
}

/** A number in Golomb-Rice coding, the shortest code for gaps between random numbers of this density. */
const bitsOf = (number: number): string =>
  `${"1".repeat(Math.floor(number / 4096))}0${(number % 4096).toString(2).padStart(12, "0")}`;

/** Padded with ones, which start a number that never ends. */
const bytesOf = (bits: string): number[] =>
  (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "1"), 2));

/** The generated module that the Worker imports: digests in order, each stored as the gap from the previous one. */
export function commonPasswordsModule(): string {
  const digests = [...new Set(commonPasswords().map(shortDigest))].sort((a, b) => a - b);
  const gaps = digests.map((digest, index) => digest - (digests[index - 1] ?? 0));
  const { version } = z.object({ version: z.string() }).parse(createRequire(import.meta.url)(`${SOURCE}/package.json`));
  return `// Made by \`npm run build:common-passwords\`: do not edit.

/**
 * The ${HOW_MANY} most common passwords of ${SHORTEST} characters or more in ${SOURCE} ${version} (MIT): 24 bits of
 * each one's BLAKE2b digest, in order, as the distances between them in base64. \`password-rules.ts\` reads it.
 */
export const COMMON_PASSWORDS =
  "${Buffer.from(bytesOf(gaps.map(bitsOf).join(""))).toString("base64")}";
`;
}

await asCommand(import.meta, async () => {
  const content = commonPasswordsModule();
  await writeFile(TARGET, content);
  console.log(`${TARGET}: ${HOW_MANY} passwords in ${content.length} characters.`);
});
