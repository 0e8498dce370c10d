import { and, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import { audit_log } from "../../access/tables.ts";
import { effect, guard, many, maybe, query, type Silent } from "../../database/statements.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { mail } from "../../mail/outbox.ts";
import { users } from "../../members/tables.ts";
import { settleAttempt } from "../attempts.ts";
import { lockAccount } from "../lock.ts";
import type { SignIn } from "../schemas.ts";
import { startSession, tokensOf } from "../session.ts";
import { login_attempts, recovery_codes } from "../tables.ts";
import { checkCode, claimStep, type StoredFactor, selectFactor } from "./check-code.ts";
import { readPendingSignIn } from "./pending-sign-in.ts";
import { hashOf, isUnused } from "./recovery-codes.ts";
import type { SecondFactorSignIn } from "./schemas.ts";
import { codesLockedSeconds, tooManyCodes } from "./wrong-codes.ts";

/** Wrong codes after which the password has to be given again. */
const MOST_WRONG_CODES = 5;

const WRONG = { status: 401, code: "invalid_code", sentence: "The code is not right, or was used already." } as const;
const EXPIRED = {
  status: 401,
  code: "sign_in_expired",
  sentence: "Please start again with your password.",
} as const;

/**
 * The second step of signing in: a code of the authenticator app, or a recovery code. Two round trips: the stored secret is
 * needed to check the code. It counts as wrong from before it is looked at until it turns out right, so that any number
 * tried at the same time count each other, and no refusal undoes it.
 */
export async function signInWithSecondFactor(ctx: Context, given: SecondFactorSignIn): Promise<SignIn> {
  const attempt_id = await readPendingSignIn(ctx, given.mfa_token);
  if (!attempt_id) throw refusal(EXPIRED);
  const { user_id, factor, unused_hashes } = await beginCode(ctx, attempt_id, given);
  const claim = await recognise(ctx, given, { user_id, factor, unused_hashes }).catch(async (error: unknown) => {
    await ctx.transact(notWrong(attempt_id));
    throw error;
  });
  if (!claim) {
    await ctx.transact(...failed(ctx, attempt_id, user_id));
    throw refusal(WRONG);
  }
  const [session, user] = await ctx.transact(
    // Whoever changes the password settles open attempts and ends all sessions, and must wait or be waited for.
    lockAccount(user_id),
    guard(
      sql`exists (select from ${login_attempts} where ${isUnsettled(attempt_id)})`,
      EXPIRED.status,
      EXPIRED.code,
      EXPIRED.sentence,
    ),
    ...claim,
    notWrong(attempt_id),
    settleAttempt(attempt_id, true, user_id),
    mail("recovery_code_used", {
      to: users.email,
      user_id: users.id,
      data: {
        first_name: users.first_name,
        left: sql`(select count(*) from ${recovery_codes} where ${isUnused(user_id)})`,
      },
      from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)} and ${given.recovery_code !== undefined}::boolean`,
    }),
    ...(await startSession(ctx, user_id, { second_factor: true })),
  );
  return tokensOf(ctx, session, user);
}

const refusal = ({ status, code, sentence }: typeof WRONG | typeof EXPIRED) => new Refusal(status, code, sentence);

const isUnsettled = (attempt_id: string) =>
  sql`${and(eq(login_attempts.id, attempt_id), isNull(login_attempts.succeeded))}`;

/** Counts the code as a wrong one, and reads what it is checked against. */
async function beginCode(ctx: Context, attempt_id: string, { recovery_code }: SecondFactorSignIn) {
  const itsUser: SQL = sql`(${query
    .select({ user_id: login_attempts.user_id })
    .from(login_attempts)
    .where(eq(login_attempts.id, attempt_id))})`;
  const isOpen = and(
    isUnsettled(attempt_id),
    eq(login_attempts.purpose, "sign_in"),
    gt(login_attempts.created_at, sql`now() - interval '10 minutes'`),
    lt(login_attempts.wrong_codes, MOST_WRONG_CODES),
  );
  const locked_seconds = codesLockedSeconds(itsUser);
  const [attempt, counted, factor, unused] = await ctx.transact(
    effect(query.select({ id: users.id }).from(users).where(eq(users.id, itsUser)).for("no key update")),
    maybe(query.select({ user_id: login_attempts.user_id, locked_seconds }).from(login_attempts).where(isOpen)),
    maybe(
      query
        .update(login_attempts)
        .set({ wrong_codes: sql`${login_attempts.wrong_codes} + 1` })
        // Nobody guesses a recovery code: what locks the app's codes does not lock these.
        .where(and(isOpen, sql`(${recovery_code !== undefined}::boolean or ${locked_seconds} is null)`))
        .returning({ id: login_attempts.id }),
    ),
    maybe(selectFactor(itsUser)),
    many(query.select({ code_hash: recovery_codes.code_hash }).from(recovery_codes).where(isUnused(itsUser))),
  );
  if (!attempt?.user_id || !factor) throw refusal(EXPIRED);
  if (!counted) throw tooManyCodes(attempt.locked_seconds);
  return { user_id: attempt.user_id, factor, unused_hashes: unused.map(({ code_hash }) => code_hash) };
}

/** What uses the code up, or null when it is wrong. */
async function recognise(
  ctx: Context,
  { code, recovery_code }: SecondFactorSignIn,
  { user_id, factor, unused_hashes }: { user_id: string; factor: StoredFactor; unused_hashes: string[] },
): Promise<[Silent, Silent] | null> {
  if (code !== undefined) {
    const checked = await checkCode(ctx, factor, code);
    return checked.ok ? claimStep(factor, checked, WRONG) : null;
  }
  const code_hash = await hashOf(user_id, recovery_code ?? "");
  return unused_hashes.includes(code_hash) ? claimRecoveryCode(user_id, code_hash) : null;
}

/** Uses a recovery code up. To stand behind `lockAccount`. */
function claimRecoveryCode(user_id: string, code_hash: string): [Silent, Silent] {
  const unused = and(isUnused(user_id), eq(recovery_codes.code_hash, code_hash));
  return [
    guard(sql`exists (select from ${recovery_codes} where ${unused})`, WRONG.status, WRONG.code, WRONG.sentence),
    effect(query.update(recovery_codes).set({ used_at: sql`now()` }).where(unused)),
  ];
}

/** Takes back that the code was counted: it was right, or could not be checked. */
const notWrong = (attempt_id: string): Silent =>
  effect(
    query
      .update(login_attempts)
      .set({ wrong_codes: sql`${login_attempts.wrong_codes} - 1` })
      .where(eq(login_attempts.id, attempt_id)),
  );

/** Writes down that the code was wrong; the last one ends the attempt. */
const failed = ({ request_id }: Context, attempt_id: string, user_id: string): [Silent, Silent] => [
  effect(
    query
      .insert(audit_log)
      .values({ request_id, action: "second_factor.failed", subject_type: "users", subject_id: user_id }),
  ),
  effect(
    query
      .update(login_attempts)
      .set({ succeeded: false })
      .where(and(isUnsettled(attempt_id), sql`${login_attempts.wrong_codes} >= ${MOST_WRONG_CODES}`)),
  ),
];
