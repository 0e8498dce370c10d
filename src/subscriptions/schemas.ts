import { and, isNotNull, not, sql } from "drizzle-orm";
import * as z from "zod";
import { ExportOptions } from "../http/export.ts";
import { Paging, pageWithTotalOf } from "../http/pagination.ts";
import { Cents, Id, Instant, Moment, ReceivedAt, Text } from "../http/schemas.ts";
import { Search } from "../http/search.ts";
import { PaymentMethod } from "../ledger/payment-method.ts";
import { Reversal } from "../ledger/reversal.ts";
import { UserStatus } from "../members/schemas.ts";
import { users } from "../members/tables.ts";
import { BillingCycle } from "../plans/schemas.ts";
import { subscription_plans } from "../plans/tables.ts";
import { runs } from "./standing.ts";
import { subscriptions, subscriptionstatus } from "./tables.ts";

export const SubscriptionStatus = z.enum(subscriptionstatus.enumValues).meta({ id: "SubscriptionStatus" });

/** What everybody who may see a subscription at all sees of it: dues and the donation on top, apart. */
const fields = {
  id: Id,
  plan_id: Id,
  plan_name: z.string(),
  status: SubscriptionStatus.describe("`pending`: a checkout that was started and not paid"),
  billing_cycle: BillingCycle,
  base_subscription_cents: Cents,
  donation_cents: Cents,
  currency: z.string().describe("ISO 4217, lower case"),
  payment_method: PaymentMethod,
  current_term_start: Instant.nullable().describe(
    "Of a term that follows another one, or was extended: when the first began, where it was recorded by hand; where it was paid online, when it begins itself",
  ),
  current_term_end: Instant.nullable().describe("Null for life"),
  renews: z.boolean().describe("Whether dues are collected again when the term ends, without anybody doing anything"),
  grace_ends_at: Instant.nullable().describe("While past due: until then the person stays active"),
  paused_at: Instant.nullable(),
  resumes_at: Instant.nullable().describe("Null while paused until further notice"),
  cancel_at_period_end: z.boolean().describe("Whether it ends with its term"),
  cancelled_at: Instant.nullable().describe("When it was cancelled; the term may still run"),
  created_at: Instant,
};

/** The saved card, as its holder knows it. */
const card = {
  card_brand: z.string().nullable(),
  card_last4: z.string().nullable(),
  card_exp_month: z.int().nullable(),
  card_exp_year: z.int().nullable(),
};

/** A member's own subscription. */
export const Subscription = z
  .object({
    ...fields,
    ...card,
    renewal: z
      .object({
        id: Id,
        plan_id: Id,
        plan_name: z.string(),
        base_subscription_cents: Cents,
        donation_cents: Cents,
        current_term_start: Instant.nullable(),
        current_term_end: Instant.nullable(),
        checkout_expires_at: Instant.nullable(),
      })
      .nullable()
      .describe("A checkout that was started to go on with, beside the subscription that still runs"),
  })
  .meta({ id: "Subscription" });
export type Subscription = z.infer<typeof Subscription>;

/** A subscription in a volunteer's list. */
export const ListedSubscription = z
  .object({
    ...fields,
    member: z.object({
      id: Id,
      first_name: z.string(),
      last_name: z.string(),
      email: z.string(),
      status: UserStatus,
    }),
  })
  .meta({ id: "ListedSubscription" });
export type ListedSubscription = z.infer<typeof ListedSubscription>;

/** Money that came in for a subscription. */
const Payment = z
  .object({
    id: Id,
    payment_method: PaymentMethod,
    base_subscription_cents: Cents,
    donation_cents: Cents,
    paid_at: Instant,
    term_start: Instant.nullable(),
    term_end: Instant.nullable(),
    stripe_invoice_id: z.string().nullable(),
    stripe_payment_intent_id: z.string().nullable(),
    recorded_by: Id.nullable().describe("The volunteer who wrote it down, where it was not paid online"),
    reversals: z.array(Reversal).describe("The newest first"),
  })
  .meta({ id: "SubscriptionPayment" });

/** A subscription as those who look after it see it. */
export const SubscriptionDetail = ListedSubscription.extend({
  ...card,
  cancel_reason: z.string().nullable().describe("For volunteers only; Stripe and the member are not told"),
  notes: z.string().nullable().describe("For volunteers only"),
  stripe_subscription_id: z.string().nullable(),
  stripe_checkout_session_id: z.string().nullable(),
  checkout_expires_at: Instant.nullable(),
  updated_at: Instant,
  payments: z.array(Payment).describe("The newest first, 100 at most"),
  payments_total: z.int().describe("How many there are in all"),
}).meta({ id: "SubscriptionDetail" });
export type SubscriptionDetail = z.infer<typeof SubscriptionDetail>;

const filters = z.object({
  status: SubscriptionStatus.optional(),
  plan_id: Id.optional(),
  billing_cycle: BillingCycle.optional(),
  payment_method: PaymentMethod.optional(),
  term_end_from: Moment.optional().describe("Terms that do not end before this instant"),
  term_end_to: Moment.optional().describe("Terms that end before this instant"),
  user_id: Id.optional(),
  search: Search.describe("Part of the member's name or e-mail address"),
});

const inOrder = ({ term_end_from: from, term_end_to: to }: z.infer<typeof filters>) =>
  !from || !to || Date.parse(from) <= Date.parse(to);
const OUT_OF_ORDER = { path: ["term_end_to"], message: "must not be before term_end_from" };

export const SubscriptionFilters = Paging.extend(filters.shape)
  .extend({
    sort: z
      .enum(["newest", "oldest", "term_end"])
      .default("newest")
      .describe("`term_end`: the soonest first, and only terms that end"),
  })
  .refine(inOrder, OUT_OF_ORDER);
export type SubscriptionFilters = z.infer<typeof SubscriptionFilters>;

/** The same for all of them in a file. */
export const SubscriptionExport = filters.extend(ExportOptions.shape).refine(inOrder, OUT_OF_ORDER);
export type SubscriptionExport = z.infer<typeof SubscriptionExport>;

export const SubscriptionPage = pageWithTotalOf(ListedSubscription).meta({ id: "SubscriptionPage" });
export type SubscriptionPage = z.infer<typeof SubscriptionPage>;

const Notes = Text(5000);

/** What is added to a term must still be a year of four digits. */
const TermMoment = Moment.regex(/^[0-8]/, "must be before the year 9000");

/** A term that was paid in cash or by cheque, or that is given. */
export const OfflineTerm = z
  .strictObject({
    id: Id.describe("Made by the client, one for each term: sent again with it, it is recorded once"),
    user_id: Id,
    plan_id: Id,
    payment_method: PaymentMethod.exclude(["stripe"]),
    base_subscription_cents: Cents.optional().describe(
      "The plan's price where it is not said; nothing if complimentary",
    ),
    donation_cents: Cents.default(0).describe("Given on top of the dues"),
    paid_at: ReceivedAt.optional().describe("Now, where it is not said; not in the future"),
    term_start: TermMoment.optional().describe(
      "The end of the term that runs, else now, where it is not said; no later than a day after that",
    ),
    term_end: TermMoment.optional().describe("By the plan's cycle, where it is not said; none for life"),
    notes: Notes.optional(),
  })
  .superRefine((term, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (term.payment_method === "complimentary") {
      if (term.base_subscription_cents)
        refuse("base_subscription_cents", "must be 0: a complimentary term costs nothing");
      if (term.donation_cents) refuse("donation_cents", "must be 0: with a complimentary term nothing is paid");
    }
    if (term.term_start && term.term_end && Date.parse(term.term_end) <= Date.parse(term.term_start))
      refuse("term_end", "must be after term_start");
  })
  .meta({ id: "OfflineTerm" });
export type OfflineTerm = z.infer<typeof OfflineTerm>;

/** What may be changed by hand: never amounts, never the status. What is not named stays. */
export const SubscriptionChange = z
  .strictObject({
    current_term_end: TermMoment.optional().describe("Only of terms that do not renew themselves"),
    grace_ends_at: Moment.optional().describe("Only while past due; in the future, no more than two years ahead"),
    notes: Notes.nullable().optional().describe("Null takes them away"),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "must name what is to change")
  .meta({ id: "SubscriptionChange" });
export type SubscriptionChange = z.infer<typeof SubscriptionChange>;

/** Unknown fields are ignored: forms of the old frontend send more. */
export const Cancellation = z
  .object({
    at_period_end: z
      .boolean()
      .default(true)
      .describe("Whether the term that is paid for still runs; else the membership ends at once"),
    reason: Text(2000).optional().describe("For volunteers only; Stripe and the member are not told"),
  })
  .meta({ id: "Cancellation" });
export type Cancellation = z.infer<typeof Cancellation>;

export const TermRefund = z
  .strictObject({
    id: Id.describe("Made by the client, one for each refund that is meant: asked for again with it, it is made once"),
    amount_cents: Cents.min(1).optional().describe("Without it: all that is left"),
  })
  .meta({ id: "TermRefund" });
export type TermRefund = z.infer<typeof TermRefund>;

export const Pause = z
  .strictObject({
    resumes_at: Moment.optional().describe(
      "In the future, no more than two years ahead; until further notice where it is not said",
    ),
  })
  .meta({ id: "Pause" });
export type Pause = z.infer<typeof Pause>;

export const Resumption = z
  .strictObject({
    undo: z
      .enum(["pause", "cancellation"])
      .default("pause")
      .describe("`cancellation`: that it was to end with its term; whether it is paused stays"),
  })
  .meta({ id: "Resumption" });
export type Resumption = z.infer<typeof Resumption>;

/** What asking Stripe has led to. */
export const Synchronised = SubscriptionDetail.extend({
  changes: z.array(z.string()).describe("The fields that are others now, of the subscription and of its member"),
  outcome: z.enum(["applied", "ignored", "parked"]).describe("`ignored`: not ours; `parked`: needs a person"),
  reason: z.string().nullable().describe("Why it was not applied"),
}).meta({ id: "SynchronisedSubscription" });
export type Synchronised = z.infer<typeof Synchronised>;

/** The columns of {@link Subscription} that stand in its row or its plan's; the currency is the settings'. */
export const columns = {
  id: subscriptions.id,
  plan_id: subscriptions.plan_id,
  plan_name: subscription_plans.name,
  status: subscriptions.status,
  billing_cycle: subscriptions.billing_cycle,
  base_subscription_cents: subscriptions.base_subscription_cents,
  donation_cents: subscriptions.donation_cents,
  payment_method: subscriptions.payment_method,
  current_term_start: subscriptions.current_term_start,
  current_term_end: subscriptions.current_term_end,
  renews: sql<boolean>`(${and(
    runs,
    isNotNull(subscriptions.stripe_subscription_id),
    not(subscriptions.cancel_at_period_end),
  )})`,
  grace_ends_at: subscriptions.grace_ends_at,
  paused_at: subscriptions.paused_at,
  resumes_at: subscriptions.resumes_at,
  cancel_at_period_end: subscriptions.cancel_at_period_end,
  cancelled_at: subscriptions.cancelled_at,
  created_at: subscriptions.created_at,
};

export const cardColumns = {
  card_brand: subscriptions.card_brand,
  card_last4: subscriptions.card_last4,
  card_exp_month: subscriptions.card_exp_month,
  card_exp_year: subscriptions.card_exp_year,
};

/** Why it was cancelled. A reason that was written down before Stripe was asked, and then refused, speaks of nothing. */
export const cancel_reason = sql<
  string | null
>`case when ${isNotNull(subscriptions.cancelled_at)} then ${subscriptions.cancel_reason} end`;

/** The columns of {@link ListedSubscription}. */
export const listedColumns = {
  ...columns,
  member: {
    id: users.id,
    first_name: users.first_name,
    last_name: users.last_name,
    email: users.email,
    status: users.status,
  },
};
