import { and, eq, not, sql } from "drizzle-orm";
import { effect, guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Message } from "../http/schemas.ts";
import { users } from "../members/tables.ts";
import { beginReauthentication, settleAttempt, tooManyAttempts } from "./attempts.ts";
import { lockAccount } from "./lock.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltOf, verifyPassword } from "./passwords.ts";
import type { ChangePassword } from "./schemas.ts";
import { isEnabled } from "./second-factor/needed.ts";
import { setPassword } from "./set-password.ts";
import { sessions } from "./tables.ts";

const WRONG = "The current password is not right.";

/**
 * Exchanges the password for another and ends all other sessions. Two round trips: the current one is checked between.
 * Failures are counted: a device that was left open is no place to guess at.
 */
export async function changePassword(
  ctx: SignedInContext,
  { current_password, new_password }: ChangePassword,
): Promise<Message> {
  const { user_id, session_id } = ctx;
  const [attempt, person] = await ctx.transact(
    ...beginReauthentication(ctx),
    one(
      query
        .select({
          email: users.email,
          first_name: users.first_name,
          last_name: users.last_name,
          password_hash: users.password_hash,
        })
        .from(users)
        .where(eq(users.id, user_id)),
    ),
  );
  if (!attempt.id) throw tooManyAttempts(attempt);
  if (!verifyPassword(current_password, person.password_hash)) {
    await ctx.transact(settleAttempt(attempt.id, false));
    throw new Refusal(403, "invalid_credentials", WRONG);
  }
  const settled = settleAttempt(attempt.id, true);
  try {
    assertGoodPassword(new_password, person, "new_password");
  } catch (refusal) {
    await ctx.transact(settled);
    throw refusal;
  }
  await ctx.transact(
    lockAccount(user_id),
    guard(
      sql`exists (select from ${users} where ${users.id} = ${user_id} and ${users.password_hash} = ${person.password_hash})`,
      403,
      "invalid_credentials",
      WRONG,
    ),
    settled,
    ...setPassword(ctx, user_id, hashPassword(new_password, await saltOf(ctx.settings, person.email)), {
      reason: "password_changed",
      keep: session_id,
    }),
    // Whoever has a second factor has not given it here: what is sensitive goes on asking for it.
    effect(
      query
        .update(sessions)
        .set({ authenticated_at: sql`now()` })
        .where(and(eq(sessions.id, session_id), not(isEnabled(sql`${user_id}::uuid`)))),
    ),
  );
  return { message: "Your password is changed. All other devices were signed out." };
}
