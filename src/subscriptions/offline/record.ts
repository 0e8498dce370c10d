import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { PersonContext, SignedInContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { CHECKOUT_SUPERSEDED, voidCheckout } from "../../stripe/checkout-session.ts";
import { payments } from "../../tables/ledger.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { timeOfGiven } from "../../time/days.ts";
import { findSubscription } from "../admin/find.ts";
import type { Subscription } from "../admin/schemas.ts";
import { SUBSCRIPTION_NOT_FOUND, subscriptionOwner } from "../lock.ts";
import { mailDuesReceipts } from "../receipts.ts";
import { someSubscription, updateSubscriptions } from "../rows.ts";
import { followSubscriptions } from "../standing.ts";
import { supersedeRunningTerm } from "../supersede.ts";
import { guardOfflineTerm, termIsRecorded } from "./rules.ts";
import type { OfflineTerm } from "./schemas.ts";
import { offlineTermEnd, offlineTermStart, planIsTheTerms, subscriptionIsExtended } from "./term-dates.ts";

/**
 * Records a term that was paid in cash or by check, or is complimentary. The person becomes or stays a member and gets a
 * receipt; a running term is extended. An open checkout of theirs is ended at Stripe first, which takes a second round trip:
 * nobody should pay twice. Recording the same term again, with its `id`, does nothing. 400, 404 and 409 as
 * {@link guardOfflineTerm} says.
 */
export async function recordOfflineTerm(ctx: SignedInContext, term: OfflineTerm): Promise<Subscription> {
  const record = (voided: string | null) =>
    ctx.transact((t) => {
      guardOfflineTerm(t, term);
      cancelCheckout(t, term, voided);
      writeTerm(t, ctx, term);
      return { open: t.maybe(selectOpenCheckout(term)), recorded: findSubscription(t, ctx, term.id) };
    });

  let { open, recorded } = await record(null);
  if (open?.session_id) {
    await voidCheckout(ctx, open.session_id);
    ({ open, recorded } = await record(open.session_id));
    if (open) throw new Refusal(...CHECKOUT_SUPERSEDED);
  }
  if (!recorded) throw new Refusal(...SUBSCRIPTION_NOT_FOUND);
  return recorded;
}

/** Whether a row of `subscriptions` is the person's pending one, such as a checkout. */
const isPending = ({ user_id }: OfflineTerm): SQL =>
  sql`(${and(eq(subscriptions.user_id, user_id), eq(subscriptions.status, "pending"))})`;

/**
 * Begins a free term of a plan for the member who asks for it, like a complimentary one that a volunteer records. Does
 * nothing while a checkout of theirs could still be paid.
 *
 * @param when whether to do it, as SQL
 * @param voided the session of a checkout that has been ended for this
 */
export function beginFreeTerm(
  t: Plan,
  ctx: PersonContext,
  { id, plan_id }: Pick<OfflineTerm, "id" | "plan_id">,
  { when, voided }: { when: SQL; voided: string | null },
): void {
  const { user_id } = ctx;
  const term: OfflineTerm = { id, user_id, plan_id, payment_method: "complimentary", donation_cents: 0 };
  cancelCheckout(t, term, voided, when);
  t.guard(
    sql`not ${when} or coalesce(${offlineTermEnd(term)} > now(), true)`,
    409,
    "term_over",
    "Your last term ended too long ago to be renewed. You can begin a new one once its grace period is over.",
  );
  writeTerm(t, ctx, term, when);
}

/** Cancels a checkout that has no session, or whose session has been ended. */
const cancelCheckout = (t: Plan, term: OfflineTerm, voided: string | null, when = sql`true`): void =>
  updateSubscriptions(
    t,
    and(
      isPending(term),
      sql`coalesce(${subscriptions.stripe_checkout_session_id} = ${voided}, ${subscriptions.stripe_checkout_session_id} is null)`,
      sql`not ${termIsRecorded(term)} and ${when}`,
    ),
    { status: "cancelled", cancelled_at: sql`now()` },
  );

/** A checkout that could still be paid. While there is one, no term is written. */
const selectOpenCheckout = (term: OfflineTerm) =>
  query
    .select({ session_id: subscriptions.stripe_checkout_session_id })
    .from(subscriptions)
    .where(and(isPending(term), sql`not ${termIsRecorded(term)}`));

/**
 * The row starts out pending, like a checkout's, because the running term has to end before it can become active. It keeps the
 * start of the term it extends: one row covers all that is paid for. The payment has the dates of the new term alone.
 */
function writeTerm(t: Plan, ctx: PersonContext, term: OfflineTerm, when = sql`true`): void {
  const { id, user_id, payment_method, base_subscription_cents, donation_cents, notes, paid_at } = term;
  const row = and(eq(subscriptions.id, id), eq(subscriptions.status, "pending"));
  const dues =
    payment_method === "complimentary"
      ? sql`0`
      : sql`coalesce(${base_subscription_cents ?? null}::integer, ${subscription_plans.price_cents})`;
  t.effect(
    query.execute(sql`
      insert into ${subscriptions} (id, user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents,
        payment_method, current_term_start, current_term_end, notes)
      select ${id}::uuid, ${user_id}::uuid, ${subscription_plans.id}, ${subscription_plans.billing_cycle}, ${dues},
        ${donation_cents}::integer, ${payment_method}::paymentmethod,
        coalesce((select ${subscriptions.current_term_start} from ${subscriptions}
          where ${subscriptionIsExtended(term)} and ${subscriptions.current_term_end} > now()), ${offlineTermStart(term)}),
        ${offlineTermEnd(term)}, ${notes ?? null}
      from ${subscription_plans}
      where ${planIsTheTerms(term)} and not ${someSubscription(isPending(term))} and ${when}
      on conflict (id) do nothing`),
  );
  t.effect(
    query.execute(sql`
      insert into ${payments} (user_id, subscription_id, payment_method, base_subscription_cents, donation_cents,
        paid_at, term_start, term_end, recorded_by)
      select ${subscriptions.user_id}, ${subscriptions.id}, ${subscriptions.payment_method},
        ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents},
        coalesce(${timeOfGiven(paid_at)}, now()), ${offlineTermStart(term)}, ${subscriptions.current_term_end},
        ${ctx.user_id}::uuid
      from ${subscriptions} where ${row}`),
  );
  supersedeRunningTerm(t, id);
  updateSubscriptions(t, row, { status: "active" });
  followSubscriptions(t, subscriptionOwner(id));
  mailDuesReceipts(t, {
    due: eq(payments.subscription_id, id),
    thanked: sql`(${ne(payments.payment_method, "complimentary")} and ${personPaysForTheFirstTime})`,
  });
}

/** Whether a row of `payments` is the first dues its payer has ever paid. Others get a receipt, and so do complimentary terms. */
const personPaysForTheFirstTime = sql`not exists (select from ${payments} earlier where earlier.user_id = ${payments.user_id}
  and earlier.subscription_id is not null and earlier.id <> ${payments.id})`;
