import { count, eq, isNotNull, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import { pageWithTotalOf } from "../../http/pagination.ts";
import { Cents, DayOrMoment, Id, Instant, Text } from "../../http/schemas.ts";
import { paymentReceiptNumber, ReceiptNumber } from "../../ledger/receipt-number.ts";
import { Reversal } from "../../ledger/reversal.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { UserStatus } from "../../people/schemas.ts";
import { payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import {
  cardFields,
  columnsFor,
  SubscriptionNotes,
  subscriptionColumns,
  subscriptionFields,
  TermMoment,
} from "../schemas.ts";

const Member = z.object({
  id: Id,
  first_name: z.string(),
  last_name: z.string(),
  email: z.string().nullable(),
  status: UserStatus,
});

/** A subscription in a volunteer's list. */
export const SubscriptionSummary = z
  .object({ ...subscriptionFields, member: Member })
  .meta({ id: "SubscriptionSummary" });
export type SubscriptionSummary = z.infer<typeof SubscriptionSummary>;

/** The columns of {@link SubscriptionSummary}, from `subscriptions` joined with their plans and members. */
export const subscriptionSummaryColumns = { ...subscriptionColumns, member: columnsFor(Member.shape, users, {}) };

export const SubscriptionPage = pageWithTotalOf(SubscriptionSummary).meta({ id: "SubscriptionPage" });
export type SubscriptionPage = z.infer<typeof SubscriptionPage>;

/** Money that came in for a subscription. */
const SubscriptionPayment = z
  .object({
    id: Id,
    receipt_number: ReceiptNumber,
    payment_method: PaymentMethod,
    base_subscription_cents: Cents,
    donation_cents: Cents,
    paid_at: Instant,
    term_start: Instant.nullable(),
    term_end: Instant.nullable(),
    stripe_invoice_id: z.string().nullable(),
    stripe_payment_intent_id: z.string().nullable(),
    recorded_by: Id.nullable().describe("The volunteer who recorded it. Null if it was paid online"),
    reversals: z.array(Reversal).describe("Newest first"),
  })
  .meta({ id: "SubscriptionPayment" });

/** The columns of {@link SubscriptionPayment}. */
export const subscriptionPaymentColumns = columnsFor(SubscriptionPayment.shape, payments, {
  receipt_number: paymentReceiptNumber,
});

/** A subscription with its payments, for volunteers. */
export const Subscription = SubscriptionSummary.extend({
  ...cardFields,
  cancel_reason: z.string().nullable().describe("For volunteers only. Stripe and the member do not see it"),
  notes: z.string().nullable().describe("For volunteers only"),
  stripe_subscription_id: z.string().nullable(),
  stripe_checkout_session_id: z.string().nullable(),
  checkout_expires_at: Instant.nullable(),
  updated_at: Instant,
  payments: z.array(SubscriptionPayment).describe("Newest first, at most 100"),
  payments_total: z.int().describe("How many there are in all"),
}).meta({ id: "Subscription" });
export type Subscription = z.infer<typeof Subscription>;

/** Why it was canceled. A reason whose cancellation Stripe then refused is not shown. */
export const cancel_reason = sql<
  string | null
>`case when ${isNotNull(subscriptions.cancelled_at)} then ${subscriptions.cancel_reason} end`;

/** The columns of {@link Subscription}, without its payments. */
export const subscriptionDetailColumns = columnsFor(Subscription.shape, subscriptions, {
  ...subscriptionSummaryColumns,
  cancel_reason,
  payments_total: sql`(${query
    .select({ payments: count() })
    .from(payments)
    .where(eq(payments.subscription_id, subscriptions.id))})`.mapWith(Number),
});

/** What a volunteer may edit: never amounts, never the status. */
export const SubscriptionChange = z
  .strictObject({
    current_term_end: TermMoment.optional().describe("Only for a term that does not renew. A date is the last day"),
    grace_ends_at: DayOrMoment.optional().describe(
      "Only while past due: in the future, at most two years ahead. A date is the last day",
    ),
    notes: SubscriptionNotes.nullable().optional().describe("Null removes them"),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must have something to change")
  .meta({ id: "SubscriptionChange", description: "Fields that are left out stay as they are" });
export type SubscriptionChange = z.infer<typeof SubscriptionChange>;

/** Unknown fields are ignored: the old frontend's forms send more. */
export const Cancellation = z
  .object({
    at_period_end: z
      .boolean()
      .default(true)
      .describe("Whether the membership lasts until the paid term ends. Otherwise it ends now"),
    reason: Text(2000).optional().describe("For volunteers only. Stripe and the member do not see it"),
  })
  .meta({ id: "Cancellation" });
export type Cancellation = z.infer<typeof Cancellation>;

export const Pause = z
  .strictObject({
    resumes_at: DayOrMoment.optional().describe(
      "In the future, at most two years ahead. A date is the first day after the pause. By default until further notice",
    ),
  })
  .meta({ id: "Pause" });
export type Pause = z.infer<typeof Pause>;

export const Resumption = z
  .strictObject({
    undo: z
      .enum(["pause", "cancellation"])
      .default("pause")
      .describe("`cancellation`: it does not end with its term anymore, but stays paused if it is"),
  })
  .meta({ id: "Resumption" });
export type Resumption = z.infer<typeof Resumption>;

/** A subscription after Stripe was asked about it. */
export const SyncedSubscription = Subscription.extend({
  changes: z.array(z.string()).describe("The fields of the subscription and its member that have changed"),
  outcome: z
    .enum(["applied", "ignored", "parked"])
    .describe("`ignored`: it is not one of ours; `parked`: a volunteer has to decide"),
  reason: z.string().nullable().describe("Why it was not applied"),
}).meta({ id: "SyncedSubscription" });
export type SyncedSubscription = z.infer<typeof SyncedSubscription>;
