import { and, eq, isNull, sql } from "drizzle-orm";
import type * as z from "zod";
import { effect, guard, query, type Silent } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import { mail } from "../../mail/outbox.ts";
import type { second_factor_changed } from "../../mail/templates/second-factor-changed.ts";
import { users } from "../../members/tables.ts";
import { lockAccount } from "../lock.ts";
import { endSessions } from "../session.ts";
import { sessions } from "../tables.ts";
import { selectFactor } from "./check-code.ts";

/**
 * What every change of a second factor begins with: it waits for others who change how the person signs in, and does not go
 * on when one of them ended the session that it comes from.
 */
export const beginChange = ({ user_id, session_id }: SignedInContext): [Silent, Silent] => [
  lockAccount(user_id),
  guard(
    sql`exists (select from ${sessions} where ${and(eq(sessions.id, session_id), isNull(sessions.revoked_at))})`,
    401,
    "session_ended",
    "This session has ended. Please sign in again.",
  ),
];

export const hasFactor = (user_id: string): Silent =>
  guard(
    sql`exists (${selectFactor(sql`${user_id}`)})`,
    409,
    "mfa_not_enabled",
    "You have no second factor. Set one up first.",
  );

export const hasNoFactor = (user_id: string): Silent =>
  guard(
    sql`not exists (${selectFactor(sql`${user_id}`)})`,
    409,
    "mfa_enabled",
    "You have a second factor already. Remove it before you set up another.",
  );

/** From now on this session counts as one with a second factor, or as one without; all others end. */
export const keepOnlyThisSession = (
  { user_id, session_id }: SignedInContext,
  { second_factor }: { second_factor: boolean },
): [Silent, Silent] => [
  effect(
    query
      .update(sessions)
      .set({ second_factor_at: second_factor ? sql`now()` : null })
      .where(eq(sessions.id, session_id)),
  ),
  endSessions("second_factor_changed", eq(sessions.user_id, user_id), session_id),
];

/** Tells the owner of the address, who may not have been the one who did it. */
export const announce = (
  { user_id }: SignedInContext,
  change: z.infer<typeof second_factor_changed.data>["change"],
): Silent =>
  mail("second_factor_changed", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name, change: sql`${change}::text` },
    from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}`,
  });
