import { and, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { remember, remembered } from "../database/remember.ts";
import { leaveEvents, lockToLeave } from "../events/leave.ts";
import { personIsUnconfirmed, users } from "../tables/people.ts";

/**
 * Deletes registrations that nobody confirmed, and gives their seats at events to those who wait. Returns the ids of those that
 * it deleted.
 *
 * @param which a condition on `users`
 * @param most how many at the most
 */
export function deleteRegistrations(t: Plan, which: SQL, most: number): Handle<{ id: string }[]> {
  const mayGo = and(which, personIsUnconfirmed);
  remember(t, "app.registrations", sql`select ${users.id} from ${users} where ${mayGo} limit ${most}`);
  const found = remembered("app.registrations");
  lockToLeave(t, found);
  // Somebody may have confirmed one while we waited.
  const still = and(sql`${users.id} = any (${found})`, mayGo);
  leaveEvents(t, sql`array(select ${users.id} from ${users} where ${still})`);
  return t.many(query.delete(users).where(still).returning({ id: users.id }));
}
