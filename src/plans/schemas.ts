import { and, count, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/statements.ts";
import { Paging, pageOf, pageWithTotalOf } from "../http/pagination.ts";
import { Cents, Id, Instant, LEAST_CENTS, Line, STORABLE } from "../http/schemas.ts";
import { runs } from "../subscriptions/standing.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { billingcycle, subscription_plans } from "./tables.ts";

export const BillingCycle = z.enum(billingcycle.enumValues).meta({ id: "BillingCycle" });

/** A plan on offer. */
export const Plan = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    price_cents: Cents,
    minimum_price_cents: Cents.describe("Whoever can pay less pays at least this; the price itself where it is fixed"),
    suggested_price_cents: Cents.nullable(),
    currency: z.string().describe("ISO 4217, lower case"),
    billing_cycle: BillingCycle.describe("`lifetime` and `custom` are paid once and do not renew themselves"),
    term_end_month: z.int().nullable().describe("Only of `custom`: terms run through this day of the year, UTC"),
    term_end_day: z.int().nullable(),
    donation_allowed: z.boolean(),
    position: z.int(),
  })
  .meta({ id: "Plan" });
export type Plan = z.infer<typeof Plan>;

export const PlanPage = pageOf(Plan).meta({ id: "PlanPage" });
export type PlanPage = z.infer<typeof PlanPage>;

/** A plan as volunteers see it, also when it is not on offer. */
export const ManagedPlan = Plan.extend({
  active: z.boolean().describe("Whether it is on offer"),
  archived_at: Instant.nullable().describe("Since then it is only there to be seen"),
  running_subscriptions: z.int().describe("How many subscriptions run on it now"),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "ManagedPlan" });
export type ManagedPlan = z.infer<typeof ManagedPlan>;

export const ManagedPlanPage = pageWithTotalOf(ManagedPlan).meta({ id: "ManagedPlanPage" });
export type ManagedPlanPage = z.infer<typeof ManagedPlanPage>;

const YesOrNo = z.enum(["true", "false"]).transform((word) => word === "true");

export const PlanFilters = Paging.extend({
  active: YesOrNo.optional().describe("Whether it is on offer"),
  archived: YesOrNo.optional(),
});
export type PlanFilters = z.infer<typeof PlanFilters>;

const fields = {
  name: Line(100).meta({ example: "Yearly membership" }),
  description: z.string().trim().max(2000).regex(STORABLE, "must be text").meta({ example: "For most of us." }),
  price_cents: Cents,
  minimum_price_cents: Cents,
  suggested_price_cents: Cents.nullable(),
  billing_cycle: BillingCycle,
  term_end_month: z.int().min(1).max(12).nullable().default(null),
  term_end_day: z.int().min(1).max(31).nullable().default(null),
  donation_allowed: z.boolean(),
  active: z.boolean(),
  position: z.int32().describe("The lowest is shown first"),
};

/** Without a leap year: a term ends on a day that every year has. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What no field shows by itself: prices in order that can be paid, and the day its terms end for just the custom cycle. */
function fitsTogether(
  plan: {
    price_cents: number;
    minimum_price_cents?: number | undefined;
    suggested_price_cents: number | null;
    billing_cycle: z.infer<typeof BillingCycle>;
    term_end_month: number | null;
    term_end_day: number | null;
  },
  context: z.RefinementCtx,
): void {
  const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const { price_cents, minimum_price_cents, suggested_price_cents, term_end_month: month, term_end_day: day } = plan;
  const minimum = minimum_price_cents ?? price_cents;
  // Nothing is what volunteers record as complimentary, or is paid with a donation on top.
  for (const [path, cents] of Object.entries({ price_cents, minimum_price_cents, suggested_price_cents }))
    if (cents && cents < LEAST_CENTS)
      refuse(path, `must be 0 or at least ${LEAST_CENTS} cents: less cannot be paid online`);
  if (minimum > price_cents) refuse("minimum_price_cents", "must not be more than the price");
  if (suggested_price_cents !== null && suggested_price_cents < minimum)
    refuse("suggested_price_cents", "must not be less than the minimum price");
  for (const [path, value] of Object.entries({ term_end_month: month, term_end_day: day })) {
    if (plan.billing_cycle === "custom" && value === null) refuse(path, "is needed for the custom billing cycle");
    if (plan.billing_cycle !== "custom" && value !== null) refuse(path, "is only for the custom billing cycle");
  }
  if (month !== null && day !== null && day > (DAYS[month - 1] ?? 31))
    refuse("term_end_day", "must be a day that the month has every year");
}

export const NewPlan = z
  .strictObject({
    ...fields,
    description: fields.description.default(""),
    minimum_price_cents: Cents.optional().describe("Without one the price is fixed"),
    suggested_price_cents: fields.suggested_price_cents.default(null),
    donation_allowed: fields.donation_allowed.default(true),
    active: fields.active.default(true),
    position: fields.position.default(0),
  })
  .superRefine(fitsTogether)
  .meta({ id: "NewPlan" });
export type NewPlan = z.infer<typeof NewPlan>;

export const PlanDetails = z.strictObject(fields).superRefine(fitsTogether).meta({ id: "PlanDetails" });
export type PlanDetails = z.infer<typeof PlanDetails>;

export const PlanRemoval = z
  .object({
    archived: z.boolean().describe("Whether it was only archived, because it was subscribed to; else it is gone"),
  })
  .meta({ id: "PlanRemoval" });
export type PlanRemoval = z.infer<typeof PlanRemoval>;

/** The columns of {@link Plan}; the currency is the settings'. */
export const planColumns = {
  id: subscription_plans.id,
  name: subscription_plans.name,
  description: subscription_plans.description,
  price_cents: subscription_plans.price_cents,
  minimum_price_cents: subscription_plans.minimum_price_cents,
  suggested_price_cents: subscription_plans.suggested_price_cents,
  billing_cycle: subscription_plans.billing_cycle,
  term_end_month: subscription_plans.term_end_month,
  term_end_day: subscription_plans.term_end_day,
  donation_allowed: subscription_plans.donation_allowed,
  position: subscription_plans.position,
};

const running = query
  .select({ subscriptions: count() })
  .from(subscriptions)
  .where(and(eq(subscriptions.plan_id, subscription_plans.id), runs));

/** The columns of {@link ManagedPlan}. */
export const managedPlanColumns = {
  ...planColumns,
  active: subscription_plans.active,
  archived_at: subscription_plans.archived_at,
  running_subscriptions: sql`(${running})`.mapWith(Number),
  created_at: subscription_plans.created_at,
  updated_at: subscription_plans.updated_at,
};
