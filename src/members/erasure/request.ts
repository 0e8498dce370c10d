import { and, eq, gt, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { guardPowers } from "../../access/powers.ts";
import { guardSuperadminRemains } from "../../access/superadmin.ts";
import { takeBackActivation } from "../../accounts/activation.ts";
import { toPeople } from "../../accounts/address.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { emails } from "../../tables/mail.ts";
import { users } from "../../tables/people.ts";
import { type Erasure, erasureColumns } from "./schemas.ts";

/** How long people have to change their mind. The mail says the date. */
const TIME_TO_RECONSIDER = sql`interval '7 days'`;

/** When somebody first asked for a row of `users` to be erased. */
export const erasureAskedAt: SQL = sql`${users.erase_at} - ${TIME_TO_RECONSIDER}`;

const selectErasure = (user_id: string) => query.select(erasureColumns).from(users).where(eq(users.id, user_id));

/** Whether the person asked to be erased. */
const askedThemselves = eq(users.erase_wished, true);

/** Whether a volunteer did. Both may have: then the person is erased unless both take it back. */
const volunteerAsked = or(isNotNull(users.erase_requested_by), eq(users.erase_wished, false));

/** Has me erased in seven days. Asking again keeps the first date. 409 for the last superadmin. */
export const askErasure = (ctx: SignedInContext): Promise<Erasure> =>
  ctx.transact((t) => {
    lockPerson(t, ctx.user_id);
    return schedule(t, ctx, ctx.user_id);
  });

/** The same for somebody else, by a volunteer. 404, 403 for oneself or for somebody with more powers, 409. */
export const deleteUser = (ctx: SignedInContext, user_id: string): Promise<Erasure> =>
  ctx.transact((t) => {
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    t.guard(
      sql`${user_id}::uuid <> ${ctx.user_id}::uuid`,
      403,
      "own_account",
      "You cannot delete yourself here. Please do it in your own account.",
    );
    guardPowers(t, ctx.user_id, user_id, "delete");
    return schedule(t, ctx, user_id);
  });

function schedule(t: Plan, ctx: SignedInContext, user_id: string) {
  guardSuperadminRemains(t, user_id);
  const person = eq(users.id, user_id);
  const erase_at = sql<string>`(now() + ${TIME_TO_RECONSIDER})`;
  t.mail("erasure_requested", {
    ...toPeople(and(person, isNull(users.erase_at))),
    data: { ...who(ctx, user_id), erase_at },
  });
  takeBackActivation(t, eq(emails.user_id, user_id));
  const [wish, isNew] =
    ctx.user_id === user_id
      ? [{ erase_wished: true }, eq(users.erase_wished, false)]
      : [{ erase_requested_by: ctx.user_id }, isNull(users.erase_requested_by)];
  t.effect(
    query
      .update(users)
      .set({ erase_at: sql`coalesce(${users.erase_at}, ${erase_at})`, ...wish })
      .where(and(person, isNew)),
  );
  return t.one(selectErasure(user_id));
}

/** Takes back what I asked for. 409 if only a volunteer asked for it, or if the seven days are over. */
export const withdrawErasure = (ctx: SignedInContext): Promise<Erasure> =>
  ctx.transact((t) => {
    lockPerson(t, ctx.user_id);
    guardPending(
      t,
      ctx.user_id,
      askedThemselves,
      "A volunteer asked for this. If you think it is a mistake, please contact us.",
    );
    return withdraw(t, ctx, ctx.user_id, { erase_wished: false }, isNull(users.erase_requested_by));
  });

/**
 * Takes back what a volunteer asked for. Whoever asked for it too will still be erased. 404, 403, and 409 if only the person
 * asked for it or it is too late.
 */
export const keepUser = (ctx: SignedInContext, user_id: string): Promise<Erasure> =>
  ctx.transact((t) => {
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    guardPowers(t, ctx.user_id, user_id, "keep");
    guardPending(t, user_id, volunteerAsked, "The person asked for this. Only they can take it back.");
    return withdraw(t, ctx, user_id, { erase_requested_by: null }, eq(users.erase_wished, false));
  });

function guardPending(t: Plan, user_id: string, mayWithdraw: SQL | undefined, sentence: string): void {
  const holds = (what: SQL | undefined) =>
    sql`(select ${users.erase_at} is null or ${what} from ${users} where ${eq(users.id, user_id)})`;
  t.guard(holds(mayWithdraw), 409, "asked_by_another", sentence);
  // From that moment on, Stripe may have been told already.
  t.guard(
    holds(gt(users.erase_at, sql`now()`)),
    409,
    "too_late",
    "The seven days are over, so this can no longer be taken back.",
  );
}

/** Takes a wish back. Unless it `wasAll`, somebody else still wants the person erased. */
function withdraw(
  t: Plan,
  ctx: SignedInContext,
  user_id: string,
  wish: { erase_wished: false } | { erase_requested_by: null },
  wasAll: SQL,
) {
  const isPending = and(eq(users.id, user_id), isNotNull(users.erase_at));
  t.mail("erasure_withdrawn", { ...toPeople(and(isPending, wasAll)), data: who(ctx, user_id) });
  t.effect(
    query
      .update(users)
      .set({ erase_at: sql`case when not (${wasAll}) then ${users.erase_at} end`, ...wish })
      .where(isPending),
  );
  return t.one(selectErasure(user_id));
}

const who = (ctx: SignedInContext, user_id: string) => ({
  first_name: users.first_name,
  by_volunteer: sql<boolean>`${ctx.user_id !== user_id}::boolean`,
});
