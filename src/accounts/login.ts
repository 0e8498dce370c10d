import { and, desc, eq, sql } from "drizzle-orm";
import { effect, guard, maybe, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { users } from "../members/tables.ts";
import { selectMe } from "./me.ts";
import { verifyPassword } from "./passwords.ts";
import type { Credentials, SignIn } from "./schemas.ts";
import { tokensOf } from "./session.ts";
import { login_attempts, sessions } from "./tables.ts";

const WRONG = "The e-mail address or the password is not right.";

/**
 * Signs somebody in, whatever their status. Two round trips, known address or not: the password is checked between
 * reading its hash and writing what came of it. 401 says no more than that it did not work.
 */
export async function login(ctx: Context, { email, password }: Credentials): Promise<SignIn> {
  // The address's owner; before anybody proved it is theirs, whoever registered with it last.
  const [account] = await ctx.transact(
    maybe(
      query
        .select({ id: users.id, password_hash: users.password_hash })
        .from(users)
        .where(eq(users.email, email))
        .orderBy(desc(users.email_verified), desc(users.created_at), desc(users.id))
        .limit(1),
    ),
  );
  const correct = verifyPassword(password, account?.password_hash);
  if (!account?.password_hash || !correct) {
    await ctx.transact(
      effect(query.insert(login_attempts).values({ email, user_id: account?.id ?? null, succeeded: false })),
    );
    throw new Refusal(401, "invalid_credentials", WRONG);
  }
  const { id: user_id, password_hash } = account;
  const [session, user] = await ctx.transact(
    guard(
      sql`exists (select from ${users} where ${and(eq(users.id, user_id), eq(users.password_hash, password_hash))})`,
      401,
      "invalid_credentials",
      WRONG,
    ),
    one(
      query
        .insert(sessions)
        .values({ user_id, user_agent: ctx.user_agent, expires_at: sql`now() + interval '30 days'` })
        .returning({ id: sessions.id, generation: sessions.generation }),
    ),
    effect(query.insert(login_attempts).values({ email, user_id, succeeded: true })),
    one(selectMe(eq(users.id, user_id))),
  );
  return tokensOf(ctx, session, user);
}
