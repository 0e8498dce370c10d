import { createHmac, randomBytes } from "node:crypto";
import { sign } from "../../src/access/signatures.ts";
import { hashRecoveryCode } from "../../src/accounts/second-factor/recovery-codes.ts";
import { encryptSecret } from "../../src/accounts/second-factor/secrets.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { login, PASSWORD, personWithPassword, type SignInBody } from "./accounts.ts";
import { type Answer, type Call, post } from "./client.ts";
import type { Person } from "./people.ts";
import { settings, sql } from "./platform.ts";

/**
 * The code an authenticator app shows (RFC 6238), some 30-second steps from now. Independent of the library that the
 * platform uses.
 */
export function codeOf(secret: Uint8Array, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** A code that is not valid at any accepted step. */
export function wrongCode(secret: Uint8Array): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ["000000", "000001", "000002", "000003", "000004", "000005"].find((code) => !right.includes(code)) ?? "";
}

/** Decodes a base32 secret, as an app would. */
export function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0"));
  return Uint8Array.from(bits.join("").match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

export interface Enrolled extends Person {
  secret: Uint8Array<ArrayBuffer>;
  recovery_codes: string[];
}

/**
 * A person with a confirmed second factor, signed in with it. They can sign in again with their password and a code.
 */
export async function enrolled(status: UserStatus = "active", keys = settings): Promise<Enrolled> {
  const someone = await personWithPassword(status);
  const secret = new Uint8Array(randomBytes(20));
  const recovery_codes = ["A", "B", "C"].map((letter) => `${letter.repeat(4)}-BBBB-CCCC-DDDD-EEEE-FFFF`);
  await sql("insert into second_factors (user_id, secret_encrypted, confirmed_at) values ($1, $2, now())", [
    someone.id,
    await encryptSecret(keys, someone.id, secret),
  ]);
  for (const code of recovery_codes)
    await sql("insert into recovery_codes (user_id, code_hash) values ($1, $2)", [
      someone.id,
      await hashRecoveryCode(someone.id, code),
    ]);
  await sql("update sessions set second_factor_at = now() where user_id = $1", [someone.id]);
  return { ...someone, secret, recovery_codes };
}

/** Sends the password. Returns the token for the second step. */
export async function firstStep({ email }: Pick<Person, "email">, call: Call = {}): Promise<string> {
  const { body } = await login(email, PASSWORD, call);
  if (!("mfa_token" in body) || typeof body.mfa_token !== "string")
    throw new Error("The response did not ask for a code");
  return body.mfa_token;
}

/** The state right after entering the password, without the work of checking it. */
export async function pendingSignIn({ id, email }: Pick<Person, "id" | "email">): Promise<string> {
  const [attempt] = await sql<{ id: string }>(
    "insert into login_attempts (email, user_id) values ($1, $2) returning id",
    [email, id],
  );
  return sign(settings, "second_factor", `${attempt?.id}.${Math.floor(Date.now() / 1000) + 600}`);
}

/** The second step of signing in. */
export const secondStep = (
  mfa_token: string,
  given: { code: string } | { recovery_code: string },
  call: Call = {},
): Promise<Answer<SignInBody & { code?: string }>> => post("/api/auth/mfa/sign-in", { mfa_token, ...given }, call);
