import { and, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { effect, guard, query, type Silent } from "../../database/statements.ts";
import type { Context } from "../../http/context.ts";
import { Refusal, type RefusalStatus } from "../../http/errors.ts";
import { second_factors } from "../tables.ts";
import { decryptSecret, encryptSecret } from "./secrets.ts";
import { stepOf } from "./totp.ts";

/** A second factor as it is stored. */
export type StoredFactor = Pick<
  typeof second_factors.$inferSelect,
  "id" | "user_id" | "secret_encrypted" | "last_used_step"
>;

/** The confirmed second factor of a person, for {@link checkCode}. */
export const selectFactor = (user_id: SQL) => select(and(eq(second_factors.user_id, user_id), isConfirmed));

/** The one that is still to be confirmed. */
export const selectUnconfirmed = (user_id: SQL) =>
  select(and(eq(second_factors.user_id, user_id), isNull(second_factors.confirmed_at)));

const isConfirmed = isNotNull(second_factors.confirmed_at);

const select = (which: SQL | undefined) =>
  query
    .select({
      id: second_factors.id,
      user_id: second_factors.user_id,
      secret_encrypted: second_factors.secret_encrypted,
      last_used_step: second_factors.last_used_step,
    })
    .from(second_factors)
    .where(which);

/** A code that is right and was not used yet. */
export interface RightCode {
  ok: true;
  step: number;
  /** What to store instead: the secret was encrypted with the key before. */
  secret_encrypted?: string;
}

/** Whether a code is the factor's, now. What must be told apart from a wrong code, a secret that our keys do not open, is 503. */
export async function checkCode(
  { settings, now }: Pick<Context, "settings" | "now">,
  { user_id, secret_encrypted, last_used_step }: StoredFactor,
  code: string,
): Promise<RightCode | { ok: false }> {
  const opened = await decryptSecret(settings, user_id, secret_encrypted);
  if (!opened)
    throw new Refusal(503, "second_factor_unreadable", "Codes cannot be checked now. Please use a recovery code.", {
      cause: new Error("SECOND_FACTOR_KEY does not open a stored secret"),
    });
  const step = stepOf(opened.secret, code, now);
  if (step === null || step <= (last_used_step ?? -1)) return { ok: false };
  if (opened.current) return { ok: true, step };
  return { ok: true, step, secret_encrypted: await encryptSecret(settings, user_id, opened.secret) };
}

/**
 * Uses a code up: nobody can use it, or an older one, again. Refuses when somebody else just did, or when the factor is
 * another one by now. To stand behind `lockAccount`, where those who use one at the same time wait for each other.
 */
export function claimStep(
  { id, secret_encrypted: stored }: StoredFactor,
  { step, secret_encrypted = stored }: RightCode,
  refused: { status: RefusalStatus; code: string; sentence: string },
): [Silent, Silent] {
  const unused = and(
    eq(second_factors.id, id),
    isConfirmed,
    or(isNull(second_factors.last_used_step), lt(second_factors.last_used_step, step)),
  );
  return [
    guard(sql`exists (select from ${second_factors} where ${unused})`, refused.status, refused.code, refused.sentence),
    effect(query.update(second_factors).set({ last_used_step: step, secret_encrypted }).where(unused)),
  ];
}
