import { and, eq, not, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Message } from "../http/schemas.ts";
import { lockPerson } from "../people/person.ts";
import { sessions } from "../tables/accounts.ts";
import { knownEmail, users } from "../tables/people.ts";
import { beginReauthentication, settleAttempt, tooManyAttempts } from "./attempts.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltFor, verifyPassword } from "./passwords.ts";
import type { ChangePassword } from "./schemas.ts";
import { personHasSecondFactor } from "./second-factor/needed.ts";
import { setPassword } from "./set-password.ts";

const WRONG_PASSWORD = [403, "invalid_credentials", "The current password is wrong."] as const;

/** Changes the password and ends all other sessions. Counts failures: nobody may guess it on a device left open. */
export async function changePassword(
  ctx: SignedInContext,
  { current_password, new_password }: ChangePassword,
): Promise<Message> {
  const { user_id, session_id } = ctx;
  const { attempt, person } = await ctx.transact((t) => ({
    attempt: beginReauthentication(t, ctx),
    person: t.one(selectPerson(user_id)),
  }));
  const attempt_id = attempt.id;
  if (!attempt_id) throw tooManyAttempts(attempt);
  if (!verifyPassword(current_password, person.password_hash)) {
    await ctx.transact((t) => settleAttempt(t, attempt_id, false));
    throw new Refusal(...WRONG_PASSWORD);
  }
  try {
    assertGoodPassword(new_password, person, "new_password");
  } catch (refusal) {
    await ctx.transact((t) => settleAttempt(t, attempt_id, true));
    throw refusal;
  }
  const password_hash = hashPassword(new_password, await saltFor(ctx.settings, person.email));
  const unchanged = sql`${users.id} = ${user_id} and ${users.password_hash} = ${person.password_hash}`;
  await ctx.transact((t) => {
    lockPerson(t, user_id);
    t.guard(sql`exists (select from ${users} where ${unchanged})`, ...WRONG_PASSWORD);
    settleAttempt(t, attempt_id, true);
    setPassword(t, ctx, user_id, password_hash, { reason: "password_changed", except_session: session_id });
    // With a second factor the password alone is no fresh proof: sensitive routes still ask for one.
    t.effect(
      query
        .update(sessions)
        .set({ authenticated_at: sql`now()` })
        .where(and(eq(sessions.id, session_id), not(personHasSecondFactor(user_id)))),
    );
  });
  return { message: "Your password is changed. All other devices were signed out." };
}

const selectPerson = (user_id: string) =>
  query
    .select({
      email: knownEmail,
      first_name: users.first_name,
      last_name: users.last_name,
      password_hash: users.password_hash,
    })
    .from(users)
    .where(eq(users.id, user_id));
