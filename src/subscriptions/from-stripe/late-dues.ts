import { and, eq, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { PaymentFacts } from "../../ledger/payments-from-stripe.ts";
import { personIsKnown } from "../../people/person.ts";
import { personMay } from "../../people/status.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { checkoutWasCancelledUnpaid } from "../never-began.ts";
import { someSubscription } from "../rows.ts";
import { anotherSubscriptionIsRunning } from "../supersede.ts";

/** Whether a row of `subscriptions` has the term that these dues paid for. */
const hasTheirTerm = ({ term_end }: PaymentFacts): SQL =>
  sql`(${subscriptions.current_term_end} is not distinct from ${term_end}::timestamptz)`;

const ownerMayBeMember = sql`exists (select from ${users} where ${and(
  eq(users.id, subscriptions.user_id),
  personIsKnown,
  or(eq(users.status, "active"), personMay("pay")),
)})`;

/**
 * Whether dues that came in after the end may revive a row of `subscriptions`, or already have: nobody has canceled it since,
 * no other one runs, and the owner can be a member.
 *
 * @param ended_at when the subscription ended: the dues may have come in just before that
 */
export const mayBeRevivedBy = (late: PaymentFacts, ended_at: string | null): SQL =>
  sql`(${and(
    or(
      isNull(subscriptions.cancelled_at),
      sql`${subscriptions.cancelled_at} <= greatest(${late.paid_at}::timestamptz, ${ended_at}::timestamptz)`,
    ),
    or(hasTheirTerm(late), ownerMayBeMember),
    not(checkoutWasCancelledUnpaid),
    not(anotherSubscriptionIsRunning),
  )})`;

/** Why late dues wait for a volunteer to decide. */
export const DUES_ARE_LATE = "the dues were paid after the subscription had ended";

/** Why dues that came in after the end did not begin a term: a branch of a `case`. `row` is a condition on `subscriptions`. */
export const reasonDuesAreLate = (row: SQL, late: PaymentFacts | null): SQL =>
  late ? sql`when not ${someSubscription(row, hasTheirTerm(late))} then ${DUES_ARE_LATE}::text` : sql``;
