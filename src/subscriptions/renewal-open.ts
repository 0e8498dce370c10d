import { and, eq, sql } from "drizzle-orm";
import { guard, type Silent } from "../database/statements.ts";
import { runs } from "./standing.ts";
import { subscriptions } from "./tables.ts";

/**
 * 409 where a subscription runs, and a checkout is open for the term after it: what is sold there begins where this one ends,
 * so that its end is not to move meanwhile.
 *
 * @param unless what does not move it
 */
export const noRenewalOpen = (id: string, unless = sql`false`): Silent =>
  guard(
    sql`${unless} or not exists (
      select from ${subscriptions} where ${and(eq(subscriptions.id, id), runs)} and exists (
        select from ${subscriptions} renewal where renewal.user_id = ${subscriptions.user_id}
          and renewal.status = 'pending' and renewal.checkout_expires_at > now() and renewal.current_term_start is not null))`,
    409,
    "renewal_open",
    "A checkout for the next term of this person is open, which begins where this one ends. Cancel that first.",
  );
