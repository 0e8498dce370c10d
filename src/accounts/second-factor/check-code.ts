import { and, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import type { ErrorCode } from "../../http/error-codes.ts";
import { Refusal, type RefusalStatus } from "../../http/errors.ts";
import { second_factors } from "../../tables/accounts.ts";
import { decryptSecret, encryptSecret } from "./secrets.ts";
import { stepOf } from "./totp.ts";

export type StoredFactor = Pick<
  typeof second_factors.$inferSelect,
  "id" | "user_id" | "secret_encrypted" | "last_used_step"
>;

const factorIsConfirmed = isNotNull(second_factors.confirmed_at);

/** A person's confirmed second factor, for {@link checkCode}. */
export const selectFactor = (user_id: SQL | string) =>
  selectWhere(and(eq(second_factors.user_id, user_id), factorIsConfirmed));

/** The second factor that a person has started to set up. */
export const selectUnconfirmedFactor = (user_id: string) =>
  selectWhere(and(eq(second_factors.user_id, user_id), isNull(second_factors.confirmed_at)));

const selectWhere = (condition: SQL | undefined) =>
  query
    .select({
      id: second_factors.id,
      user_id: second_factors.user_id,
      secret_encrypted: second_factors.secret_encrypted,
      last_used_step: second_factors.last_used_step,
    })
    .from(second_factors)
    .where(condition);

/** A code that is right and was not used yet. */
export interface RightCode {
  step: number;
  /** The secret under the current key, if it was still encrypted with the previous one. */
  secret_encrypted?: string;
}

/** The code if it is right now, otherwise null. 503 if neither of our keys opens the secret: the code is not to blame. */
export async function checkCode(
  { settings, now }: Pick<Context, "settings" | "now">,
  { user_id, secret_encrypted, last_used_step }: StoredFactor,
  code: string,
): Promise<RightCode | null> {
  const opened = await decryptSecret(settings, user_id, secret_encrypted);
  if (!opened)
    throw new Refusal(503, "second_factor_unreadable", "We cannot check codes now. Please use a recovery code.", {
      cause: new Error("SECOND_FACTOR_KEY does not open a stored secret"),
    });
  const step = stepOf(opened.secret, code, now);
  if (step === null || step <= (last_used_step ?? -1)) return null;
  if (opened.current) return { step };
  return { step, secret_encrypted: await encryptSecret(settings, user_id, opened.secret) };
}

/**
 * Uses up a code: neither it nor an older one works again. Refuses if another request just did, or if the factor was
 * replaced. Lock the person first, so that requests with the same code wait for each other.
 */
export function claimCode(
  t: Plan,
  { id, secret_encrypted: stored }: StoredFactor,
  { step, secret_encrypted = stored }: RightCode,
  refusal: readonly [RefusalStatus, code: ErrorCode, sentence: string],
): void {
  const factorIsUnused = and(
    eq(second_factors.id, id),
    factorIsConfirmed,
    or(isNull(second_factors.last_used_step), lt(second_factors.last_used_step, step)),
  );
  t.guard(sql`exists (select from ${second_factors} where ${factorIsUnused})`, ...refusal);
  t.effect(query.update(second_factors).set({ last_used_step: step, secret_encrypted }).where(factorIsUnused));
}
