import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { users } from "../tables/people.ts";

/** Tells the owner of an address, if it has one, that someone tried to use it. Once a day at most. */
export const mailAlreadyRegistered = (t: Plan, email: string): void =>
  t.mail("already_registered", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name },
    from: sql`from ${users} where ${and(eq(users.email, email), users.email_verified)}`,
    once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
  });
