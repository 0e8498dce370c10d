import * as z from "zod";
import { Id } from "../../http/schemas.ts";
import { Balance, Sums } from "../../ledger/figures.ts";
import { BillingCycle } from "../../plans/schemas.ts";

const Count = z.int().min(0);

const Recurring = z.int().min(0).meta({ example: 50_000 });

/** How many subscriptions there are now, and what they bring in. */
const Now = z.object({
  active: Count,
  past_due: Count.describe("Their dues are late, during the grace period or after it"),
  paused: Count,
  pending: Count.describe("Checkouts that have not been paid"),
  monthly_recurring_cents: Recurring.describe(
    "Dues per month that Stripe collects: of active and past-due subscriptions that are not set to end. Quarterly dues count a third, yearly ones a twelfth. The sum is rounded down once, so the plans can add up to less than the total",
  ),
  monthly_recurring_donation_cents: Recurring.describe(
    "The same for the donations that Stripe collects with these dues, and not for those that were paid once",
  ),
});

/** What happened to memberships and their money in a period. */
const Happened = z.object({
  new: Count.describe(
    "First payments of new members, and of former members who came back, also after canceling at once",
  ),
  renewed: Count.describe("All other payments of dues: each continues an earlier one"),
  lost: Count.describe(
    "Paid subscriptions that ended, with no other one of the same person continuing them. They count on the last day of their last paid term, or when they were canceled at once",
  ),
  dues: Sums.describe("Dues alone. A refund is taken from a payment's donation first"),
  donations: Sums.describe("Donations paid together with dues"),
});

const Figures = Now.extend(Happened.shape);

/** How memberships stand now, and what happened to them and their money in a period. */
export const SubscriptionStats = Figures.extend({
  from: z.iso.date(),
  to: z.iso.date(),
  currency: z.string().describe("ISO 4217, lower case"),
  fees_cents: Balance.describe(
    "What Stripe kept for payments of dues including donations on top, for their refunds and for disputes about them, less what it gave back. Not part of any other figure",
  ),
  by_plan: z
    .array(
      Figures.extend({
        plan_id: Id,
        plan_name: z.string(),
        billing_cycle: BillingCycle,
      }),
    )
    .describe("Every plan, also archived ones, by position. A payment counts for its subscription's current plan"),
  by_month: z
    .array(Happened.extend({ month: z.string().meta({ example: "2027-03" }) }))
    .describe("Every month with a day of the period in it, oldest first"),
}).meta({
  id: "SubscriptionStats",
  description:
    "`active`, `past_due`, `paused`, `pending` and the recurring sums are as of now. Everything else is for the period, by day in the organization's time zone, and includes cash and checks",
});
export type SubscriptionStats = z.infer<typeof SubscriptionStats>;
