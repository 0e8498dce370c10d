import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { BillingCycle } from "../../plans/schemas.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";

/** What our checkout writes into the metadata of a session or subscription for dues. */
export const DuesMetadata = z.object({ subscription_id: z.uuid(), plan_id: z.uuid(), billing_cycle: BillingCycle });
export type DuesMetadata = z.infer<typeof DuesMetadata>;

/** The same for a term that is paid once. A lifetime has no end. */
export const TermMetadata = DuesMetadata.extend({
  term_start: z.iso.datetime(),
  term_end: z.iso.datetime().optional(),
});
export type TermMetadata = z.infer<typeof TermMetadata>;

/** The id of the plan that was paid for. If it has been deleted since, that of the plan in the row. */
export const paidPlan = ({ plan_id }: DuesMetadata): SQL =>
  sql`coalesce((select id from ${subscription_plans} where ${eq(subscription_plans.id, plan_id)}), ${subscriptions.plan_id})`;
