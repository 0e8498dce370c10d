import { and, count, eq, inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { Paging, pageOf, pageWithTotalOf } from "../http/pagination.ts";
import { Cents, Id, Instant, Line, STORABLE, YesOrNo } from "../http/schemas.ts";
import { billingcycle, subscription_plans } from "../tables/plans.ts";
import { RUNNING_STATUSES, subscriptions } from "../tables/subscriptions.ts";

export const BillingCycle = z.enum(billingcycle.enumValues).meta({ id: "BillingCycle" });

/** A plan that people can choose. */
export const OfferedPlan = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    price_cents: Cents,
    minimum_price_cents: Cents.describe(
      "The least that a member can choose to pay. Equals the price if that is fixed.",
    ),
    suggested_price_cents: Cents.nullable(),
    currency: z.string().describe("ISO 4217 code, in lower case"),
    billing_cycle: BillingCycle.describe("`lifetime` and `custom` are paid once and do not renew automatically."),
    term_end_month: z.int().nullable().describe("Only for `custom`: with `term_end_day`, the last day of each term."),
    term_end_day: z.int().nullable(),
    rollover_days: z
      .int()
      .describe(
        "Members who join within this many days of the term's end pay for the next term, and get the rest of this one free",
      ),
    donation_allowed: z.boolean(),
    position: z.int(),
  })
  .meta({ id: "OfferedPlan" });
export type OfferedPlan = z.infer<typeof OfferedPlan>;

export const OfferedPlanPage = pageOf(OfferedPlan).meta({ id: "OfferedPlanPage" });
export type OfferedPlanPage = z.infer<typeof OfferedPlanPage>;

/** The columns of {@link OfferedPlan}. The currency comes from the settings. */
export const offeredPlanColumns = {
  id: subscription_plans.id,
  name: subscription_plans.name,
  description: subscription_plans.description,
  price_cents: subscription_plans.price_cents,
  minimum_price_cents: subscription_plans.minimum_price_cents,
  suggested_price_cents: subscription_plans.suggested_price_cents,
  billing_cycle: subscription_plans.billing_cycle,
  term_end_month: subscription_plans.term_end_month,
  term_end_day: subscription_plans.term_end_day,
  rollover_days: subscription_plans.rollover_days,
  donation_allowed: subscription_plans.donation_allowed,
  position: subscription_plans.position,
};

/** A plan as volunteers see it, whether or not it is on offer. */
export const ManagedPlan = OfferedPlan.extend({
  active: z.boolean().describe("Whether people can choose the plan"),
  archived_at: Instant.nullable().describe("When the plan was archived. An archived plan cannot be chosen or edited."),
  running_subscriptions: z.int().describe("How many subscriptions to this plan are running"),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "ManagedPlan" });
export type ManagedPlan = z.infer<typeof ManagedPlan>;

export const ManagedPlanPage = pageWithTotalOf(ManagedPlan).meta({ id: "ManagedPlanPage" });
export type ManagedPlanPage = z.infer<typeof ManagedPlanPage>;

const runningSubscriptions = query
  .select({ subscriptions: count() })
  .from(subscriptions)
  .where(and(eq(subscriptions.plan_id, subscription_plans.id), inArray(subscriptions.status, [...RUNNING_STATUSES])));

/** The columns of {@link ManagedPlan}. The currency comes from the settings. */
export const managedPlanColumns = {
  ...offeredPlanColumns,
  active: subscription_plans.active,
  archived_at: subscription_plans.archived_at,
  running_subscriptions: sql`(${runningSubscriptions})`.mapWith(Number),
  created_at: subscription_plans.created_at,
  updated_at: subscription_plans.updated_at,
};

export const PlanFilters = Paging.extend({
  active: YesOrNo.optional().describe("Whether people can choose the plan"),
  archived: YesOrNo.optional(),
});
export type PlanFilters = z.infer<typeof PlanFilters>;

const CHARGEABLE = "0, or at least what Stripe charges in the currency (50 cents for `usd`).";

const fields = {
  name: Line(100).meta({ example: "Yearly membership" }),
  description: z
    .string()
    .trim()
    .normalize("NFC")
    .max(2000)
    .regex(STORABLE, "must be text")
    .meta({ example: "For most of us." }),
  price_cents: Cents.describe(CHARGEABLE),
  minimum_price_cents: Cents.describe(`The least that a member can choose to pay. ${CHARGEABLE}`),
  suggested_price_cents: Cents.nullable().describe(CHARGEABLE),
  billing_cycle: BillingCycle,
  term_end_month: z.int().min(1).max(12).nullable().default(null),
  term_end_day: z.int().min(1).max(31).nullable().default(null),
  rollover_days: z
    .int()
    .min(0)
    .max(180)
    .default(0)
    .describe(
      "Only for `custom`: members who join within this many days of the last day pay for the next term, and get the rest of this one free",
    ),
  donation_allowed: z.boolean(),
  active: z.boolean(),
  position: z.int32().describe("Plans are listed from the lowest position to the highest."),
};

const newFields = z.strictObject({
  ...fields,
  description: fields.description.default(""),
  minimum_price_cents: fields.minimum_price_cents
    .optional()
    .describe(`The least that a member can choose to pay. Without it, the price is fixed. ${CHARGEABLE}`),
  suggested_price_cents: fields.suggested_price_cents.default(null),
  donation_allowed: fields.donation_allowed.default(true),
  active: fields.active.default(true),
  position: fields.position.default(0),
});

const refuse = (context: z.RefinementCtx, path: string, message: string) =>
  context.addIssue({ code: "custom", path: [path], message });

function checkPriceOrder(plan: z.infer<typeof newFields>, context: z.RefinementCtx): void {
  const { price_cents, minimum_price_cents: minimum = price_cents, suggested_price_cents: suggested } = plan;
  if (minimum > price_cents) refuse(context, "minimum_price_cents", "must not be more than the price");
  if (suggested !== null && suggested < minimum)
    refuse(context, "suggested_price_cents", "must not be less than the minimum price");
}

/** How many days each month has in every year: a term cannot end on February 29. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function checkTermEnd(plan: z.infer<typeof newFields>, context: z.RefinementCtx): void {
  const { billing_cycle, term_end_month: month, term_end_day: day } = plan;
  for (const [path, value] of Object.entries({ term_end_month: month, term_end_day: day })) {
    if (billing_cycle === "custom" && value === null) refuse(context, path, "is needed for the custom billing cycle");
    if (billing_cycle !== "custom" && value !== null) refuse(context, path, "is only for the custom billing cycle");
  }
  if (billing_cycle !== "custom" && plan.rollover_days > 0)
    refuse(context, "rollover_days", "is only for the custom billing cycle");
  if (month !== null && day !== null && day > (DAYS[month - 1] ?? 31))
    refuse(context, "term_end_day", "must be a day that the month has every year");
}

export const NewPlan = newFields.superRefine(checkPriceOrder).superRefine(checkTermEnd).meta({ id: "NewPlan" });
export type NewPlan = z.infer<typeof NewPlan>;

export const PlanDetails = z
  .strictObject(fields)
  .superRefine(checkPriceOrder)
  .superRefine(checkTermEnd)
  .meta({ id: "PlanDetails" });
export type PlanDetails = z.infer<typeof PlanDetails>;

export const PlanRemoval = z
  .object({
    archived: z
      .boolean()
      .describe("True if the plan was archived because somebody had subscribed. False if it is deleted."),
  })
  .meta({ id: "PlanRemoval" });
export type PlanRemoval = z.infer<typeof PlanRemoval>;
