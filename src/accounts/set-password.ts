import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { account_tokens, login_attempts, sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { closeLinks } from "./account-token.ts";
import { toPerson } from "./address.ts";
import { endSessions } from "./session.ts";

/**
 * Gives a person a new password, and mails them about it. Ends all that somebody with the old one may have opened:
 * sessions, links that reset the password or change the address, and sign-ins that wait for their second factor.
 */
export function setPassword(
  t: Plan,
  ctx: Context,
  user_id: string,
  password_hash: string,
  { reason, except_session }: { reason: "password_changed" | "password_reset"; except_session?: string },
): void {
  t.effect(query.update(users).set({ password_hash }).where(eq(users.id, user_id)));
  endSessions(t, reason, eq(sessions.user_id, user_id), except_session);
  closeLinks(t, user_id, ne(account_tokens.purpose, "verify_email"));
  t.effect(
    query
      .update(login_attempts)
      .set({ succeeded: false })
      .where(and(eq(login_attempts.user_id, user_id), isNull(login_attempts.succeeded))),
  );
  t.mail("password_changed", {
    ...toPerson(user_id),
    data: { first_name: users.first_name, changed_at: sql<string>`${ctx.now.toISOString()}::text` },
  });
}
