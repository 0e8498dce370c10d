import { isNull, type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "../tables/plans.ts";

/** Whether people can choose a row of `subscription_plans`. */
export const planIsOnOffer: SQL = sql`(${subscription_plans.active} and ${isNull(subscription_plans.archived_at)})`;

/** Whether we know when its terms end: by its cycle, or by its own day of the year. Checkout refuses the others. */
export const planTermIsKnown: SQL = sql`(${subscription_plans.billing_cycle} <> 'custom' or ${subscription_plans.term_end_month} is not null)`;
