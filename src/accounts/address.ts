import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { mailableAddress, users } from "../tables/people.ts";

/** Locks an address, owned or not. Transactions that count by address must wait, or they would miss what others add. */
export const lockAddress = (t: Plan, email: SQL | string): void =>
  t.effect(query.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`));

/** Addresses a mail to everyone whom the condition on `users` finds, if their address is confirmed. */
export const toPeople = (which: SQL | undefined) => ({
  to: mailableAddress,
  user_id: users.id,
  from: sql`from ${users} where ${which}`,
});

/** Addresses a mail to one person, if their address is confirmed. */
export const toPerson = (user_id: string) => toPeople(eq(users.id, user_id));

/** Tells the person who verified this address, if any, that someone tried to use it. At most once a day. */
export const mailAlreadyRegistered = (t: Plan, email: string, when?: SQL): void =>
  t.mail("already_registered", {
    ...toPeople(and(eq(users.email, email), users.email_verified, when)),
    data: { first_name: users.first_name },
    once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
  });
