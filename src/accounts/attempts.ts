import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { effect, one, query, type Silent, type Yielding } from "../database/statements.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { tooMany } from "../http/errors.ts";
import { lockAddress } from "./lock.ts";
import { login_attempts } from "./tables.ts";

/** Failures within the window after which the next attempt must wait: from one source, and from all of them. */
const MOST_PER_SOURCE = 10;
const MOST_PER_ADDRESS = 100;
const WINDOW = sql`interval '15 minutes'`;

export interface Attempt {
  /** Null when this attempt must wait. */
  id: string | null;
  /** For how long the address is locked for those who show nothing; null when it is not. */
  locked_seconds: number | null;
}

/** Who tries, where, and what failures are counted by. */
interface Trial {
  email: SQL;
  /** Whose account it is about, if anybody's. */
  user_id: SQL;
  /** Where the attempt comes from, as failures are counted beside the address. */
  source: SQL;
  /**
   * Yields another source for those who show that they are no stranger, else null: failures of others do not lock them
   * out, and theirs are counted apart.
   */
  spared: SQL;
}

/**
 * Writes down an attempt to prove who one is, unless there were too many failures; counts unknown addresses like known
 * ones. Those at the same time wait for each other, so that none is overlooked.
 */
export function beginAttempt(
  ctx: Context,
  purpose: "sign_in" | "reauthentication",
  { email, user_id, source, spared }: Trial,
): [Silent, Yielding<Attempt>] {
  const recent = query
    .select({ source: login_attempts.source, created_at: login_attempts.created_at })
    .from(login_attempts)
    .where(
      and(
        eq(login_attempts.email, email),
        or(isNull(login_attempts.succeeded), eq(login_attempts.succeeded, false)),
        gt(login_attempts.created_at, sql`now() - ${WINDOW}`),
      ),
    );
  const lockedBy = (failures: number, from: SQL) =>
    sql`(select created_at + ${WINDOW} from recent where ${from} order by created_at desc offset ${failures - 1} limit 1)`;
  return [
    lockAddress(email),
    one(
      query.execute<Attempt & Record<string, unknown>>(sql`
        with recent as materialized (${recent}),
        spared as materialized (select ${spared} as source),
        locked as materialized (
          select ${lockedBy(MOST_PER_SOURCE, sql`recent.source = ${source}`)} as source_until,
            ${lockedBy(MOST_PER_SOURCE, sql`recent.source = (select source from spared)`)} as spared_until,
            ${lockedBy(MOST_PER_ADDRESS, sql`true`)} as address_until
        ),
        attempt as (
          insert into ${login_attempts} (email, user_id, purpose, source, user_agent)
          select ${email}, ${user_id}, ${purpose},
            coalesce(spared.source, ${source}), ${ctx.client.user_agent}
          from spared, locked
          where case when spared.source is null
            then coalesce(locked.source_until, locked.address_until) else locked.spared_until end is null
          returning id
        )
        select (select id from attempt) as id,
          ceil(extract(epoch from greatest(source_until, spared_until, address_until) - now()))::int as locked_seconds
        from locked`),
    ),
  ];
}

/** What became of an attempt; whose it was, where only that showed. */
export const settleAttempt = (id: string, succeeded: boolean, user_id?: string): Silent =>
  effect(
    query
      .update(login_attempts)
      .set({ succeeded, ...(user_id && { user_id }) })
      .where(eq(login_attempts.id, id)),
  );

/** Undoes the beginning of an attempt at which nothing could be looked at. */
export const withdrawAttempt = (id: string): Silent =>
  effect(query.delete(login_attempts).where(eq(login_attempts.id, id)));

/** What the work gives; where it fails, the attempt does not count: nobody guessed. */
export async function orWithdraw<T>(ctx: Context, id: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await ctx.transact(withdrawAttempt(id));
    throw error;
  }
}

/** Says the same for known and unknown addresses. */
export const tooManyAttempts = ({ locked_seconds }: Pick<Attempt, "locked_seconds">) =>
  tooMany("too_many_attempts", "Too many failed attempts. Please wait before you try again.", locked_seconds);

/** The same for somebody who is signed in: what they get wrong counts against this session alone, or what else is named. */
export const beginReauthentication = (
  ctx: SignedInContext,
  source: SQL = sql`${`session:${ctx.session_id}`}::text`,
): [Silent, Yielding<Attempt>] =>
  beginAttempt(ctx, "reauthentication", {
    email: sql`(select email from users where id = ${ctx.user_id})`,
    user_id: sql`${ctx.user_id}::uuid`,
    source,
    spared: source,
  });
