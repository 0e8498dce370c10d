import { and, eq, isNull, type SQL } from "drizzle-orm";
import { Secret } from "otpauth/bare";
import { effect, query, type Silent } from "../../database/statements.ts";
import { recovery_codes } from "../tables.ts";

const CODES = 10;
const BYTES = 15;

const newCode = () => new Secret({ size: BYTES }).base32.replaceAll(/.{4}(?=.)/g, "$&-");

/** A code however it was typed: without the dashes, spaces and case that only help to read it. */
export const normalise = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

/** What is stored of a code: nobody can guess 120 random bits, so a plain hash will do. It holds for this person only. */
export async function hashOf(user_id: string, code: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${user_id}:${normalise(code)}`));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ten new codes instead of those a person has, to be shown once. */
export async function issueRecoveryCodes(user_id: string): Promise<{ codes: string[]; issued: [Silent, Silent] }> {
  const codes = Array.from({ length: CODES }, newCode);
  const rows = await Promise.all(codes.map(async (code) => ({ user_id, code_hash: await hashOf(user_id, code) })));
  return { codes, issued: [voidRecoveryCodes(user_id), effect(query.insert(recovery_codes).values(rows))] };
}

export const voidRecoveryCodes = (user_id: string): Silent =>
  effect(query.delete(recovery_codes).where(eq(recovery_codes.user_id, user_id)));

/** Codes that can still be used. */
export const isUnused = (user_id: SQL | string) =>
  and(eq(recovery_codes.user_id, user_id), isNull(recovery_codes.used_at));
