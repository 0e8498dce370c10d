import { and, asc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { selectOrganisation } from "../../organisation/organisation.ts";
import { bankIsProcessing } from "../../people/bank-processing.ts";
import { planIsOnOffer, planTermIsKnown } from "../../plans/on-offer.ts";
import { RECURRING_CYCLES, subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { FREE_RENEWAL, termGivesWay } from "../checkout/wish.ts";
import { someSubscription } from "../rows.ts";
import { subscriptionEntitles } from "../standing.ts";
import { actForHolder } from "./holder.ts";
import { type RunningDues, selectLastPlan, selectRunning } from "./running.ts";
import type { DuesOffer, PayLinkToken } from "./schemas.ts";
import { situationOf } from "./situation.ts";

/** What the link in a mail about dues offers now. It changes nothing. */
export async function openPayLink(ctx: Context, link: PayLinkToken): Promise<DuesOffer> {
  const { transact, user_id, settings } = await actForHolder(ctx, link);
  const { running, last, choices, organisation, bank } = await transact((t) => ({
    running: t.maybe(selectRunning(user_id)),
    last: t.maybe(selectLastPlan(user_id)),
    choices: t.many(selectChoices(user_id)),
    organisation: t.one(selectOrganisation(settings)),
    bank: t.one(
      query.execute<{ is_processing: boolean }>(
        sql`select ${bankIsProcessing(sql`${user_id}::uuid`)} as is_processing`,
      ),
    ),
  }));
  const situation = situationOf(running, bank.is_processing);
  const plans = situation === "choose" ? choices : [];
  const { time_zone, postal_address, contact_email, tax_id, acknowledgement, ...branding } = organisation;
  return {
    situation,
    amount_cents: running?.amount_cents ?? null,
    currency: settings.CURRENCY,
    term_end: running && !running.has_lapsed ? running.term_end : null,
    member_until: running && isLate(running) ? running.grace_ends_at : null,
    ends: running?.ends ?? false,
    plans,
    plan_id: plans.find(({ id }) => id === last?.plan_id)?.id ?? null,
    time_zone,
    organisation: branding,
  };
}

/** The job that makes a term past due runs once a night, so a term may be over and still active. */
const isLate = ({ status, stripe_subscription_id, is_over, has_lapsed }: RunningDues) =>
  !has_lapsed && (status === "past_due" || (stripe_subscription_id === null && is_over));

/** The plans that a checkout would not refuse: what cannot follow the rest of a running term is left out. */
const selectChoices = (user_id: string) =>
  query
    .select({
      id: subscription_plans.id,
      name: subscription_plans.name,
      description: subscription_plans.description,
      price_cents: subscription_plans.price_cents,
      billing_cycle: subscription_plans.billing_cycle,
      term_end_month: subscription_plans.term_end_month,
      term_end_day: subscription_plans.term_end_day,
      donation_allowed: subscription_plans.donation_allowed,
    })
    .from(subscription_plans)
    .where(and(planIsOnOffer, planTermIsKnown, fitsAfter(user_id)))
    .orderBy(asc(subscription_plans.position), asc(subscription_plans.id));

function fitsAfter(user_id: string): SQL {
  const term = (what: SQL) =>
    someSubscription(
      eq(subscriptions.user_id, user_id),
      subscriptionEntitles,
      sql`${subscriptions.status} <> 'past_due'`,
      what,
    );
  return sql`case
    when ${subscription_plans.price_cents} = 0
    then not ${term(sql`${subscriptions.current_term_end} > now() + ${FREE_RENEWAL}`)}
    when ${inArray(subscription_plans.billing_cycle, [...RECURRING_CYCLES])} then not ${term(not(termGivesWay))}
    else true end`;
}
