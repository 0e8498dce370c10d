import { and, eq, isNull, sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { closeLinks } from "./account-token.ts";
import { endSessions } from "./session.ts";
import { login_attempts, sessions } from "./tables.ts";

/**
 * Gives a person another password. What the old one opened closes with it: other sessions, links in mails, and sign-ins
 * that wait for their second factor.
 *
 * @param keep the session in which it happens, if any
 */
export const setPassword = (
  ctx: Context,
  user_id: string,
  password_hash: string,
  { reason, keep }: { reason: "password_changed" | "password_reset"; keep?: string },
): [Silent, Silent, Silent, Silent, Silent] => [
  effect(query.update(users).set({ password_hash }).where(eq(users.id, user_id))),
  endSessions(reason, eq(sessions.user_id, user_id), keep),
  closeLinks(user_id),
  effect(
    query
      .update(login_attempts)
      .set({ succeeded: false })
      .where(and(eq(login_attempts.user_id, user_id), isNull(login_attempts.succeeded))),
  ),
  mail("password_changed", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name, changed_at: sql`${ctx.now.toISOString()}::text` },
    from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}`,
  }),
];
