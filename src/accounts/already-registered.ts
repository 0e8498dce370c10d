import { and, eq, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { users } from "../tables/people.ts";

/** Tells the person who verified this address, if any, that someone tried to use it. At most once a day. */
export const mailAlreadyRegistered = (t: Plan, email: string): void =>
  t.mail("already_registered", {
    to: users.email,
    user_id: users.id,
    data: { first_name: users.first_name },
    from: sql`from ${users} where ${and(eq(users.email, email), users.email_verified)}`,
    once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
  });
