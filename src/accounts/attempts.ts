import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { tooMany } from "../http/errors.ts";
import { login_attempts } from "../tables/accounts.ts";
import { lockAddress } from "./address.ts";

/** How many failures within the window make the next attempt wait: from one source, and from all sources. */
const MOST_PER_SOURCE = 10;
const MOST_PER_ADDRESS = 100;
const WINDOW = sql`interval '15 minutes'`;

export interface LoginAttempt {
  /** Null when this attempt must wait. */
  id: string | null;
  /** Seconds until the address is open again to strangers; null when it is not locked. */
  locked_seconds: number | null;
}

interface Claimant {
  email: SQL;
  /** Whose account the attempt is about, if anybody's. */
  user_id: SQL;
  /** Where the attempt comes from. Failures are counted by address and source. */
  source: SQL;
  /** For someone who shows that they are no stranger: their own source, so that others cannot lock them out. Or null. */
  trusted_source: SQL;
}

/**
 * Records an attempt to prove who one is, unless there were too many failures. Unknown addresses count like known ones.
 * Attempts at the same time wait for each other, so that each one is counted.
 */
export function beginAttempt(
  t: Plan,
  ctx: Context,
  purpose: "sign_in" | "reauthentication",
  { email, user_id, source, trusted_source }: Claimant,
): Handle<LoginAttempt> {
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
  lockAddress(t, email);
  return t.one(
    query.execute<LoginAttempt & Record<string, unknown>>(sql`
      with recent as materialized (${recent}),
      trusted as materialized (select ${trusted_source} as source),
      locked as materialized (
        select ${lockedBy(MOST_PER_SOURCE, sql`recent.source = ${source}`)} as source_until,
          ${lockedBy(MOST_PER_SOURCE, sql`recent.source = (select source from trusted)`)} as trusted_until,
          ${lockedBy(MOST_PER_ADDRESS, sql`true`)} as address_until
      ),
      attempt as (
        insert into ${login_attempts} (email, user_id, purpose, source, user_agent)
        select ${email}, ${user_id}, ${purpose},
          coalesce(trusted.source, ${source}), ${ctx.client.user_agent}
        from trusted, locked
        where case when trusted.source is null
          then coalesce(locked.source_until, locked.address_until) else locked.trusted_until end is null
        returning id
      )
      select (select id from attempt) as id,
        ceil(extract(epoch from greatest(source_until, trusted_until, address_until) - now()))::int as locked_seconds
      from locked`),
  );
}

/** The same for someone who is signed in. Failures count against this session only, or against the given source. */
export const beginReauthentication = (
  t: Plan,
  ctx: SignedInContext,
  source: SQL = sql`${`session:${ctx.session_id}`}::text`,
): Handle<LoginAttempt> =>
  beginAttempt(t, ctx, "reauthentication", {
    email: sql`(select email from users where id = ${ctx.user_id})`,
    user_id: sql`${ctx.user_id}::uuid`,
    source,
    trusted_source: source,
  });

/** Records how an attempt ended, and whose it was when that is only known now. */
export const settleAttempt = (t: Plan, id: string, succeeded: boolean, user_id?: string): void =>
  t.effect(
    query
      .update(login_attempts)
      .set({ succeeded, ...(user_id && { user_id }) })
      .where(eq(login_attempts.id, id)),
  );

/** Deletes an attempt that could not be checked, so that it does not count. */
export const withdrawAttempt = (t: Plan, id: string): void =>
  t.effect(query.delete(login_attempts).where(eq(login_attempts.id, id)));

/** What the work returns. If it throws, the attempt does not count: nobody guessed. */
export async function withdrawOnError<T>(ctx: Context, attempt_id: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await ctx.transact((t) => withdrawAttempt(t, attempt_id));
    throw error;
  }
}

/** The same for known and unknown addresses. */
export const tooManyAttempts = ({ locked_seconds }: Pick<LoginAttempt, "locked_seconds">) =>
  tooMany("too_many_attempts", "Too many failed attempts. Please wait before you try again.", locked_seconds);
