import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { stripe_events } from "../tables/stripe-events.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** A bank that has not answered by then will not. Whoever is still waiting is asked to pay again. */
const LONGEST_DAYS = 14;

/**
 * Whether somebody has completed a checkout of dues, and the bank has not answered yet: a debit takes days. Until then Stripe
 * tells us that the checkout is complete and unpaid, which changes no row but that of the event.
 */
export const bankIsProcessing = (user_id: SQLWrapper, now: SQL = sql`now()`): SQL<boolean> =>
  sql<boolean>`exists (select from ${subscriptions} as attempt
    join ${stripe_events} as completed on completed.object_id = attempt.stripe_checkout_session_id
    where attempt.user_id = ${user_id} and attempt.status = 'pending'
      and completed.type = 'checkout.session.completed' and completed.status = 'ignored'
      and completed.reason not like 'dismissed: %'
      and completed.stripe_created_at > ${now} - ${LONGEST_DAYS} * interval '1 day'
      and not exists (select from ${stripe_events} as refused where refused.object_id = completed.object_id
        and refused.type = 'checkout.session.async_payment_failed'))`;
