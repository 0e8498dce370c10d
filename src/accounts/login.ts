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
 * Signs somebody in, whatever their status: the owner of an address, or whoever registered with it last and has not
 * proved it theirs. Two passwords are always checked, so that a stranger who registers with an address and signs in
 * cannot tell whether it has an owner. Two round trips: the hashes are read before, what came of it is written after.
 */
export async function login(ctx: Context, { email, password }: Credentials): Promise<SignIn> {
  const candidates = (verified: boolean) =>
    query
      .select({ id: users.id, password_hash: users.password_hash })
      .from(users)
      .where(and(eq(users.email, email), eq(users.email_verified, verified)))
      .orderBy(desc(users.created_at), desc(users.id))
      .limit(1);
  const found = await ctx.transact(maybe(candidates(true)), maybe(candidates(false)));
  const matching = found.filter((candidate) => verifyPassword(password, candidate?.password_hash));
  const [account] = matching;
  if (!account?.password_hash) {
    const [owner] = found;
    await ctx.transact(
      effect(query.insert(login_attempts).values({ email, user_id: owner?.id ?? null, succeeded: false })),
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
