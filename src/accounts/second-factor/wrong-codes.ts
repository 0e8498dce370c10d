import { type SQL, sql } from "drizzle-orm";
import { tooMany } from "../../http/errors.ts";
import { login_attempts } from "../../tables/accounts.ts";

/** This many wrong codes lock the app's codes. Only those in the window and since the last sign-in count. */
const MOST = 10;
const WINDOW = sql`interval '24 hours'`;

/**
 * Seconds until we check a person's codes again, or null if they are not locked. A code that we are checking right now
 * counts as wrong. Lock the person first, so that codes tried at the same time all count.
 */
export const codesLockedSeconds = (user_id: SQL): SQL<number | null> => {
  const attemptIsTheirs = sql`user_id = ${user_id} and created_at > now() - ${WINDOW}`;
  return sql<number | null>`(
    select ceil(extract(epoch from counted.created_at + ${WINDOW} - now()))::int
    from (
      select recent.created_at, sum(recent.wrong_codes) over (order by recent.created_at desc, recent.id desc) as total
      from (
        select id, created_at, wrong_codes + (
          purpose = 'reauthentication' and succeeded is null and created_at > now() - interval '1 minute')::int as wrong_codes
        from ${login_attempts}
        where ${attemptIsTheirs} and updated_at > coalesce(
          (select max(updated_at) from ${login_attempts} where ${attemptIsTheirs} and purpose = 'sign_in' and succeeded), '-infinity')
      ) as recent
    ) as counted
    where counted.total >= ${MOST}
    order by counted.created_at desc
    limit 1)`;
};

export const tooManyCodes = (locked_seconds: number | null) =>
  tooMany("too_many_codes", "Too many wrong codes. Please sign in with a recovery code, or wait.", locked_seconds);
