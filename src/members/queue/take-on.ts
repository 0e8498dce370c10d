import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { personMay } from "../../people/status.ts";
import { personIsTakenOn, TAKEN_ON_DAYS, takenOn } from "../../people/taken-on.ts";
import { users } from "../../tables/people.ts";
import { localTime } from "../../time/days.ts";
import { guardOthersApplication } from "../own-application.ts";
import type { TakenOn } from "./schemas.ts";

/**
 * Tells other volunteers that the actor looks after an application, for three days. Repeating begins them again. 404 without
 * such a person, 403 for one's own application, 409 unless they are waiting, or `taken_on` if somebody else looks after them.
 */
export const takeOn = (ctx: SignedInContext, user_id: string): Promise<TakenOn> =>
  ctx.transact((t) => {
    const person = eq(users.id, user_id);
    lockPerson(t, user_id);
    guardOthersApplication(t, ctx, user_id);
    guardPerson(t, user_id);
    t.guard(
      sql`exists (select from ${users} where ${and(person, personMay("approve"))})`,
      409,
      "status_conflict",
      "Only the application of someone who is waiting for approval can be taken on.",
    );
    guardNotTakenOn(t, ctx, person);
    t.effect(query.update(users).set({ taken_on_by: ctx.user_id, taken_on_at: sql`now()` }).where(person));
    return t.one(selectTakenOn(person));
  });

/** Lets go of an application. Repeating changes nothing. 409 `taken_on` if somebody else looks after it. */
export const letGo = (ctx: SignedInContext, user_id: string): Promise<TakenOn> =>
  ctx.transact((t) => {
    const person = eq(users.id, user_id);
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    guardNotTakenOn(t, ctx, person);
    t.effect(query.update(users).set({ taken_on_by: null, taken_on_at: null }).where(person));
    return t.one(selectTakenOn(person));
  });

const selectTakenOn = (person: SQL) =>
  query
    .select({ id: users.id, status: users.status, ...takenOn })
    .from(users)
    .where(person);

/** 409 if another volunteer looks after the application. */
function guardNotTakenOn(t: Plan, { user_id }: SignedInContext, person: SQL): void {
  const byAnother = sql`from ${users} where ${and(person, personIsTakenOn, ne(users.taken_on_by, user_id))}`;
  const since = sql`(select to_char(${localTime(users.taken_on_at)}, 'FMMonth FMDD at HH24:MI') ${byAnother})`;
  t.guard(
    sql`not exists (select ${byAnother})`,
    409,
    "taken_on",
    sql`'Somebody else has been looking after this application since ' || ${since} || ${`. It is free again ${TAKEN_ON_DAYS} days after that.`}::text`,
  );
}
