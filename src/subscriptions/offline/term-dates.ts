import { and, eq, type SQL, sql } from "drizzle-orm";
import { termEndAfter } from "../../plans/term-end.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { endOfGiven, instantOf, localTime, startOfGiven } from "../../time/days.ts";
import { subscriptionEntitles, subscriptionIsRunning } from "../standing.ts";
import type { OfflineTerm } from "./schemas.ts";

/** Whether a row of `subscription_plans` is the term's plan. */
export const planIsTheTerms = ({ plan_id }: OfflineTerm): SQL => eq(subscription_plans.id, plan_id);

/** Whether a row of `subscriptions` is the person's running one, which this term extends. */
export const subscriptionIsExtended = ({ user_id }: OfflineTerm): SQL =>
  sql`(${and(eq(subscriptions.user_id, user_id), subscriptionIsRunning)})`;

const extendedTerm = (term: OfflineTerm): SQL => sql`${and(subscriptionIsExtended(term), subscriptionEntitles)}`;

/** The end of the running term that this one extends, or null if there is none. */
export const extendedTermEnd = (term: OfflineTerm): SQL =>
  sql`(select ${subscriptions.current_term_end} from ${subscriptions} where ${extendedTerm(term)})`;

/**
 * When the term starts: as the volunteer says, else when the running one ends, else now. Nobody loses days by paying
 * early, or gains days by paying late.
 */
export const offlineTermStart = (term: OfflineTerm): SQL =>
  sql`coalesce(${startOfGiven(term.term_start)}, ${extendedTermEnd(term)}, now())`;

/** When the term ends: as the volunteer says, or after one cycle of the plan. */
export const offlineTermEnd = (term: OfflineTerm): SQL => {
  const firstStart = sql`(select ${subscriptions.current_term_start} from ${subscriptions} where ${extendedTerm(term)})`;
  return sql`coalesce(${endOfGiven(term.term_end)}, (select ${oneCycleAfter(offlineTermStart(term), firstStart)} from ${subscription_plans} where ${planIsTheTerms(term)}))`;
};

/**
 * When a term of a plan, a row of `subscription_plans`, ends. Null for a lifetime, and if the plan does not say.
 *
 * @param firstStart when the first of the terms that it extends began, or null if it extends none
 */
export const oneCycleAfter = (start: SQL, firstStart: SQL): SQL => sql`case ${subscription_plans.billing_cycle}
  when 'monthly' then ${monthsAfter(start, firstStart, 1)}
  when 'quarterly' then ${monthsAfter(start, firstStart, 3)}
  when 'yearly' then ${monthsAfter(start, firstStart, 12)}
  when 'custom' then ${termEndAfter(start)}
end`;

/**
 * Adds calendar months to a day, and keeps the time of day. If the month is too short for the day, takes its last day. If
 * the day of `first` is whole months before that of `start`, counts from `first`: what began on the 31st ends on the 31st
 * again after a shorter month.
 */
const monthsAfter = (start: SQL, first: SQL, months: number): SQL => sql`(
  select ${instantOf(sql`case when (first + make_interval(months => before))::date = start::date
    then (first + make_interval(months => before + ${months}::integer))::date + start::time
    else start + make_interval(months => ${months}::integer) end`)}
  from (select ${localTime(start)} as start, ${localTime(first)} as first) as clock
  cross join lateral (select (12 * (extract(year from start) - extract(year from first))
    + extract(month from start) - extract(month from first))::integer as before) as counted)`;
