import { and, asc, type SQL, sql } from "drizzle-orm";
import { toPeople } from "../accounts/address.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { PromptedPlan } from "../mail/templates/welcome.ts";
import { isOneOf } from "../people/person.ts";
import { planIsOnOffer, planTermIsKnown } from "../plans/on-offer.ts";
import { users } from "../tables/people.ts";
import { subscription_plans } from "../tables/plans.ts";

/** The plans that can be paid online, as mails list them. */
export const payablePlans = sql<PromptedPlan[]>`coalesce((${query
  .select({
    plans: sql`jsonb_agg(jsonb_build_object('name', ${subscription_plans.name}, 'price_cents', ${subscription_plans.price_cents}, 'billing_cycle', ${subscription_plans.billing_cycle}, 'term_end_month', ${subscription_plans.term_end_month}, 'term_end_day', ${subscription_plans.term_end_day}) order by ${asc(subscription_plans.position)}, ${asc(subscription_plans.id)})`,
  })
  .from(subscription_plans)
  .where(and(planIsOnOffer, planTermIsKnown))}), '[]'::jsonb)`;

/** Shows people who may pay now the plans, and where to pay. */
export const mailPaymentPrompt = (t: Plan, ids: SQL): void =>
  t.mail("payment_prompt", { ...toPeople(isOneOf(ids)), data: { first_name: users.first_name, plans: payablePlans } });
