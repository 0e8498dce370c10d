import { and, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { many, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { emails } from "../mail/tables.ts";
import { users } from "../members/tables.ts";
import { job_runs } from "../settings/tables.ts";
import { account_tokens, login_attempts, sessions } from "./tables.ts";

const daysAgo = (days: number) => sql`now() - ${days} * interval '1 day'`;

/** What is not needed any more, and after how many days; docs/security.md tells people. */
const OLD: Record<string, { table: PgTable; which: SQL | undefined }> = {
  attempts: { table: login_attempts, which: lt(login_attempts.created_at, daysAgo(90)) },
  sessions: { table: sessions, which: lt(sessions.expires_at, daysAgo(90)) },
  links: { table: account_tokens, which: lt(account_tokens.expires_at, daysAgo(30)) },
  mails: {
    table: emails,
    which: and(inArray(emails.status, ["sent", "failed"]), lt(emails.created_at, daysAgo(90))),
  },
  // Counted for all alike, whoever has the address: how long one waits must not tell.
  registrations: {
    table: users,
    which: and(
      inArray(users.status, ["pending_email", "rejected"]),
      eq(users.email_verified, false),
      lt(users.created_at, daysAgo(60)),
    ),
  },
  runs: { table: job_runs, which: lt(job_runs.started_at, daysAgo(90)) },
};

/** Small enough for one transaction each; what is left after so many waits for the next night. */
const BATCH = 500;
const BATCHES = 100;

/**
 * Forgets what is not needed any more: old attempts, sessions, links, mails, runs of jobs, and registrations that nobody
 * verified.
 */
export async function forgetOld(ctx: Context): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  for (const [name, { table, which }] of Object.entries(OLD)) {
    let total = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const [rows] = await ctx.transact(
        many(
          query.execute<{ id: string }>(
            sql`delete from ${table} where id = any (array(select id from ${table} where ${which} limit ${BATCH})) returning id`,
          ),
        ),
      );
      total += rows.length;
      if (rows.length < BATCH) break;
    }
    forgotten[name] = total;
  }
  return forgotten;
}
