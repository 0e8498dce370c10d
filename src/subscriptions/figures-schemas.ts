import * as z from "zod";
import { Sums } from "../ledger/figures.ts";
import { BillingCycle } from "../plans/schemas.ts";

const Count = z.int().min(0);

const Recurring = z.int().min(0).meta({ example: 50_000 });

/** How many there are at this moment, and what they bring in. */
const Now = z.object({
  active: Count,
  past_due: Count.describe("Their dues are late, within the days of grace or after"),
  paused: Count,
  pending: Count.describe("Checkouts that were started and not paid"),
  monthly_recurring_cents: Recurring.describe(
    "Dues a month of what Stripe collects by itself: active and past due ones paid at Stripe whose end nobody has asked for. Monthly dues, a third of quarterly and a twelfth of yearly ones are added up and then rounded down to a cent, once: the plans' figures may add up to less than the whole's",
  ),
  monthly_recurring_donation_cents: Recurring.describe("The same of the donations on top of those dues"),
});

/** What happened to memberships in a period. */
const Changes = z.object({
  new: Count.describe(
    "First payments of people whom no earlier payment had brought to where the paid term begins: new members, and those who come back, also after a cancellation at once",
  ),
  renewed: Count.describe("All other payments of dues: each goes on from an earlier one"),
  lost: Count.describe(
    "Subscriptions that were paid for and have ended without another of the same person going on from there, by when the last paid term ended, or by when they were cancelled at once",
  ),
});

const Money = z.object({
  dues: Sums.describe("Dues alone. What leaves a payment is taken from its donation first"),
  donations: Sums.describe("What was given on top of dues, in one payment with them"),
});

/** How memberships stand now, and what happened to them and their money in a period. */
export const SubscriptionStats = Now.extend(Changes.shape)
  .extend(Money.shape)
  .extend({
    from: z.iso.date(),
    to: z.iso.date(),
    currency: z.string().describe("ISO 4217, lower case"),
    by_plan: z
      .array(
        Now.extend(Changes.shape).extend(Money.shape).extend({
          plan_id: z.uuid(),
          plan_name: z.string(),
          billing_cycle: BillingCycle,
        }),
      )
      .describe(
        "Every plan, archived ones too, in the order of the plans; payments count for the plan that the subscription has now",
      ),
    by_month: z
      .array(Changes.extend(Money.shape).extend({ month: z.string().meta({ example: "2027-03" }) }))
      .describe("Every month that a day of the period is in, oldest first"),
  })
  .meta({
    id: "SubscriptionStats",
    description:
      "`active`, `past_due`, `paused`, `pending` and the recurring sums are those of this moment; all else is of the period, by its own date in UTC, and money is from the ledger, in cash and by cheque too",
  });
export type SubscriptionStats = z.infer<typeof SubscriptionStats>;
