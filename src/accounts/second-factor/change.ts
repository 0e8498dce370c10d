import { and, eq, isNull, sql } from "drizzle-orm";
import type * as z from "zod";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { second_factor_changed } from "../../mail/templates/second-factor.ts";
import { lockPerson } from "../../people/person.ts";
import { sessions } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import { toPerson } from "../address.ts";
import { endSessions, SESSION_ENDED } from "../session.ts";
import { personHasSecondFactor } from "./needed.ts";

/** Waits for other changes to how the person signs in. 401 if one of them ended this session meanwhile. */
export function lockSignedInPerson(t: Plan, { user_id, session_id }: SignedInContext): void {
  lockPerson(t, user_id);
  const isOpen = and(eq(sessions.id, session_id), isNull(sessions.revoked_at));
  t.guard(sql`exists (select from ${sessions} where ${isOpen})`, ...SESSION_ENDED);
}

/** 409 for a person without a second factor. */
export const guardHasFactor = (t: Plan, user_id: string): void =>
  t.guard(personHasSecondFactor(user_id), 409, "mfa_not_enabled", "You have no second factor. Set one up first.");

/** 409 for a person with a second factor. */
export const guardHasNoFactor = (t: Plan, user_id: string): void =>
  t.guard(
    sql`not ${personHasSecondFactor(user_id)}`,
    409,
    "mfa_enabled",
    "You already have a second factor. Remove it before you set up another one.",
  );

/** Ends all other sessions. From now on this one counts as a session with or without a second factor. */
export function endOtherSessions(
  t: Plan,
  { user_id, session_id }: SignedInContext,
  { second_factor }: { second_factor: boolean },
): void {
  t.effect(
    query
      .update(sessions)
      .set({ second_factor_at: second_factor ? sql`now()` : null })
      .where(eq(sessions.id, session_id)),
  );
  endSessions(t, "second_factor_changed", eq(sessions.user_id, user_id), session_id);
}

type Change = z.infer<typeof second_factor_changed.data>["change"];

/** Tells the owner of the address, who may not be the person who made the change. */
export const mailFactorChange = (t: Plan, { user_id }: SignedInContext, change: Change): void =>
  t.mail("second_factor_changed", {
    ...toPerson(user_id),
    data: { first_name: users.first_name, change: sql<Change>`${change}::text` },
  });
