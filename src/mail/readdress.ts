import { or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { emails } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { providerLacksIt } from "./refused.ts";
import { lockFeedback } from "./suppression.ts";

/** `last_error` of a mail that the provider may have sent to the address that the person has left since. */
export const ADDRESS_CHANGED = "address_changed";

/**
 * Sends what has not gone out to a person's new address: others may read the mailbox that they leave. What the provider may
 * have is withheld instead, and keeps the old address, which a bounce would be about. Account security stays as it is: the
 * old mailbox is told of the change.
 *
 * @param person which row of `users` moves. It still has the old address
 */
export function readdressMails(t: Plan, person: SQL, address: SQLWrapper): void {
  const goes_along = sql`(${or(sql`${emails.status} = 'withheld'`, providerLacksIt)})`;
  // In the order in which feedback is recorded, so that neither waits for the other.
  lockFeedback(t);
  t.effect(
    query.execute(sql`
      update ${emails} set
        to_email = case when ${goes_along} then ${address} else ${emails.to_email} end,
        status = case when ${goes_along} then ${emails.status} else 'withheld' end,
        last_error = case when ${goes_along} then ${emails.last_error} else ${ADDRESS_CHANGED} end
      from ${users} where ${person} and ${emails.user_id} = ${users.id} and ${emails.to_email} = ${users.email}
        and ${emails.lane} > 0 and ${emails.status} in ('pending', 'failed', 'withheld')`),
  );
}
