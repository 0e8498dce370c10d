import { and, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { many, query, type Yielding } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { emails } from "../mail/tables.ts";
import { users } from "../members/tables.ts";
import { account_tokens, login_attempts, sessions } from "./tables.ts";

/** Days for which each is kept after its time; docs/security.md tells people. */
const ATTEMPTS = 90;
const ENDED_SESSIONS = 90;
const CLOSED_LINKS = 30;
const SETTLED_MAILS = 90;
/** Counted for all alike, whoever has the address: how long one waits must not tell. */
const UNVERIFIED_REGISTRATIONS = 60;
/** So many rows at a time; what is left waits for the next night. */
const BATCH = 5000;

/** Forgets what is not needed any more: old attempts, sessions, links, mails, and registrations that nobody ever verified. */
export async function forgetOld(ctx: Context): Promise<Record<string, number>> {
  const [attempts, ended, links, mails, registrations] = await ctx.transact(
    forget(login_attempts, lt(login_attempts.created_at, daysAgo(ATTEMPTS))),
    forget(sessions, lt(sessions.expires_at, daysAgo(ENDED_SESSIONS))),
    forget(account_tokens, lt(account_tokens.expires_at, daysAgo(CLOSED_LINKS))),
    forget(emails, sql`${and(ne(emails.status, "pending"), lt(emails.created_at, daysAgo(SETTLED_MAILS)))}`),
    forget(
      users,
      sql`${and(
        eq(users.status, "pending_email"),
        eq(users.email_verified, false),
        lt(users.created_at, daysAgo(UNVERIFIED_REGISTRATIONS)),
      )}`,
    ),
  );
  return {
    attempts: attempts.length,
    sessions: ended.length,
    links: links.length,
    mails: mails.length,
    registrations: registrations.length,
  };
}

const daysAgo = (days: number) => sql`now() - ${days} * interval '1 day'`;

const forget = (table: PgTable, old: SQL): Yielding<{ id: string }[]> =>
  many(
    query.execute<{ id: string }>(
      sql`delete from ${table} where id in (select id from ${table} where ${old} limit ${BATCH}) returning id`,
    ),
  );
