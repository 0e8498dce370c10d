import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { Secret } from "otpauth/bare";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import type { RefusalStatus } from "../../http/errors.ts";
import { recovery_codes } from "../../tables/accounts.ts";

const newCode = () => new Secret({ size: 15 }).base32.replaceAll(/.{4}(?=.)/g, "$&-");

/** The code in upper case, without dashes and spaces, however the person typed it. */
export const normalizeRecoveryCode = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

/** The hash that we store, for this person only. A fast one is enough: nobody can guess 120 random bits. */
export async function hashRecoveryCode(user_id: string, code: string): Promise<string> {
  const text = `${user_id}:${normalizeRecoveryCode(code)}`;
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ten new codes, to be shown once, and their hashes for {@link replaceRecoveryCodes}. */
export async function newRecoveryCodes(user_id: string): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = Array.from({ length: 10 }, newCode);
  return { codes, hashes: await Promise.all(codes.map((code) => hashRecoveryCode(user_id, code))) };
}

export function replaceRecoveryCodes(t: Plan, user_id: string, hashes: string[]): void {
  deleteRecoveryCodes(t, user_id);
  t.effect(query.insert(recovery_codes).values(hashes.map((code_hash) => ({ user_id, code_hash }))));
}

export const deleteRecoveryCodes = (t: Plan, user_id: string): void =>
  t.effect(query.delete(recovery_codes).where(eq(recovery_codes.user_id, user_id)));

/** Whether a row of `recovery_codes` is a person's and can still be used. */
export const recoveryCodeIsUnused = (user_id: SQL | string) =>
  and(eq(recovery_codes.user_id, user_id), isNull(recovery_codes.used_at));

/** Uses up a recovery code, or refuses if another request just did. Lock the person first. */
export function claimRecoveryCode(
  t: Plan,
  user_id: string,
  code_hash: string,
  refusal: readonly [RefusalStatus, code: ErrorCode, sentence: string],
): void {
  const codeIsUnused = and(recoveryCodeIsUnused(user_id), eq(recovery_codes.code_hash, code_hash));
  t.guard(sql`exists (select from ${recovery_codes} where ${codeIsUnused})`, ...refusal);
  t.effect(query.update(recovery_codes).set({ used_at: sql`now()` }).where(codeIsUnused));
}
