import { isNull, type SQL, sql } from "drizzle-orm";
import { subscription_plans } from "./tables.ts";

/** Whether a plan can be chosen. */
export const isOnOffer: SQL = sql`(${subscription_plans.active} and ${isNull(subscription_plans.archived_at)})`;

/** Whether a plan says when its terms end, where that is not for the cycle to say: without, a checkout refuses it. */
export const saysItsTerm: SQL = sql`(${subscription_plans.billing_cycle} <> 'custom' or ${subscription_plans.term_end_month} is not null)`;
