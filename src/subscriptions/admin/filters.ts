import { and, desc, eq, exists, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import { ExportOptions } from "../../http/export.ts";
import { Paging } from "../../http/pagination.ts";
import { From, Id, isInOrder, To } from "../../http/schemas.ts";
import { keyContains, Search } from "../../http/search.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { BillingCycle } from "../../plans/schemas.ts";
import { payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { endsWithin, isWithin } from "../../time/days.ts";
import { paymentIsFirst } from "../joining.ts";
import { RenewalOutcome, selectEndedTerms } from "../renewal.ts";
import { SubscriptionStatus } from "../schemas.ts";

const filters = z.object({
  status: SubscriptionStatus.optional(),
  plan_id: Id.optional(),
  billing_cycle: BillingCycle.optional(),
  payment_method: PaymentMethod.optional(),
  term_end_from: From.describe("Terms whose last day is this one or later, or that end at this instant or later"),
  term_end_to: To.describe("Terms whose last day is this one or earlier, or that end before this instant"),
  joined_from: From.describe(
    "Only first memberships: whose owner became a member on this day or later, or at this instant or later",
  ),
  joined_to: To.describe("The same, on this day or earlier, or before this instant"),
  ended_from: From.describe(
    "Subscriptions of which a paid term ended on this day or later, or at this instant or later: it ran out, was renewed, or was canceled at once",
  ),
  ended_to: To.describe("The same, on this day or earlier, or before this instant"),
  renewal: RenewalOutcome.optional().describe(
    "What became of the last term that ended between `ended_from` and `ended_to`. `renewed`: dues for the next one are paid, without a gap, here or in another subscription of the same person. `lost`: the membership ended with it. `open`: not decided yet, because dues are late or the subscription is paused",
  ),
  user_id: Id.optional(),
  search: Search.describe("Part of the member's name or email address"),
});

const areInOrder = (from: string | undefined, to: string | undefined) => !from || !to || isInOrder(from, to);

/** Refuses ranges whose ends are swapped. */
const withRangesInOrder = <Filters extends z.ZodType<z.infer<typeof filters>>>(of: Filters): Filters =>
  of
    .refine(({ term_end_from, term_end_to }) => areInOrder(term_end_from, term_end_to), {
      path: ["term_end_to"],
      message: "must not be before term_end_from",
    })
    .refine(({ ended_from, ended_to }) => areInOrder(ended_from, ended_to), {
      path: ["ended_to"],
      message: "must not be before ended_from",
    })
    .refine(({ joined_from, joined_to }) => areInOrder(joined_from, joined_to), {
      path: ["joined_to"],
      message: "must not be before joined_from",
    });

/** Which subscriptions to list, and in which order. */
export const SubscriptionFilters = withRangesInOrder(
  Paging.extend(filters.shape).extend({
    sort: z
      .enum(["newest", "oldest", "term_end"])
      .default("newest")
      .describe("`term_end`: the soonest first, without terms that never end"),
  }),
);
export type SubscriptionFilters = z.infer<typeof SubscriptionFilters>;

/** Which subscriptions to export. */
export const SubscriptionExport = withRangesInOrder(filters.extend(ExportOptions.shape));
export type SubscriptionExport = z.infer<typeof SubscriptionExport>;

const joinedWithin = (from: string | undefined, to: string | undefined): SQL =>
  exists(
    query
      .select({ id: payments.id })
      .from(payments)
      .where(
        and(eq(payments.subscription_id, subscriptions.id), isWithin(payments.paid_at, { from, to }), paymentIsFirst),
      ),
  );

/** Of several terms of a subscription that ended within the bounds, the last one decides. */
function endedWithin(wanted: Pick<SubscriptionFilters, "ended_from" | "ended_to" | "renewal">): SQL {
  const bounds = { from: wanted.ended_from, to: wanted.ended_to };
  const ended = selectEndedTerms((end) => and(endsWithin(end, bounds), lte(end, sql`now()`))).as("ended");
  const last = query
    .selectDistinctOn([ended.subscription_id], { id: ended.subscription_id, outcome: ended.outcome })
    .from(ended)
    .orderBy(ended.subscription_id, desc(ended.ended_at))
    .as("last");
  return inArray(
    subscriptions.id,
    query
      .select({ id: last.id })
      .from(last)
      .where(wanted.renewal && eq(last.outcome, wanted.renewal)),
  );
}

/** Whether a row of `subscriptions` joined with `users` matches the filters. */
export const subscriptionMatches = (wanted: Partial<Omit<SubscriptionFilters, "limit" | "cursor">>): SQL | undefined =>
  and(
    wanted.status ? eq(subscriptions.status, wanted.status) : undefined,
    wanted.plan_id ? eq(subscriptions.plan_id, wanted.plan_id) : undefined,
    wanted.billing_cycle ? eq(subscriptions.billing_cycle, wanted.billing_cycle) : undefined,
    wanted.payment_method ? eq(subscriptions.payment_method, wanted.payment_method) : undefined,
    endsWithin(subscriptions.current_term_end, { from: wanted.term_end_from, to: wanted.term_end_to }),
    wanted.joined_from || wanted.joined_to ? joinedWithin(wanted.joined_from, wanted.joined_to) : undefined,
    wanted.ended_from || wanted.ended_to || wanted.renewal ? endedWithin(wanted) : undefined,
    wanted.user_id ? eq(subscriptions.user_id, wanted.user_id) : undefined,
    // A term without an end has no place in this order.
    wanted.sort === "term_end" ? isNotNull(subscriptions.current_term_end) : undefined,
    keyContains(users.search_text, wanted.search),
  );
