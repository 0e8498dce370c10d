import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import * as z from "zod";
import { ExportOptions } from "../../http/export.ts";
import { Paging } from "../../http/pagination.ts";
import { From, Id, isInOrder, To } from "../../http/schemas.ts";
import { keyContains, Search } from "../../http/search.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { BillingCycle } from "../../plans/schemas.ts";
import { users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { endsWithin } from "../../time/days.ts";
import { SubscriptionStatus } from "../schemas.ts";

const filters = z.object({
  status: SubscriptionStatus.optional(),
  plan_id: Id.optional(),
  billing_cycle: BillingCycle.optional(),
  payment_method: PaymentMethod.optional(),
  term_end_from: From.describe("Terms whose last day is this one or later, or that end at this instant or later"),
  term_end_to: To.describe("Terms whose last day is this one or earlier, or that end before this instant"),
  user_id: Id.optional(),
  search: Search.describe("Part of the member's name or email address"),
});

const termEndsInOrder = ({ term_end_from: from, term_end_to: to }: z.infer<typeof filters>) =>
  !from || !to || isInOrder(from, to);
const OUT_OF_ORDER = { path: ["term_end_to"], message: "must not be before term_end_from" };

/** Which subscriptions to list, and in which order. */
export const SubscriptionFilters = Paging.extend(filters.shape)
  .extend({
    sort: z
      .enum(["newest", "oldest", "term_end"])
      .default("newest")
      .describe("`term_end`: the soonest first, without terms that never end"),
  })
  .refine(termEndsInOrder, OUT_OF_ORDER);
export type SubscriptionFilters = z.infer<typeof SubscriptionFilters>;

/** Which subscriptions to export. */
export const SubscriptionExport = filters.extend(ExportOptions.shape).refine(termEndsInOrder, OUT_OF_ORDER);
export type SubscriptionExport = z.infer<typeof SubscriptionExport>;

/** Whether a row of `subscriptions` joined with `users` matches the filters. */
export const subscriptionMatches = (wanted: Partial<Omit<SubscriptionFilters, "limit" | "cursor">>): SQL | undefined =>
  and(
    wanted.status ? eq(subscriptions.status, wanted.status) : undefined,
    wanted.plan_id ? eq(subscriptions.plan_id, wanted.plan_id) : undefined,
    wanted.billing_cycle ? eq(subscriptions.billing_cycle, wanted.billing_cycle) : undefined,
    wanted.payment_method ? eq(subscriptions.payment_method, wanted.payment_method) : undefined,
    endsWithin(subscriptions.current_term_end, { from: wanted.term_end_from, to: wanted.term_end_to }),
    wanted.user_id ? eq(subscriptions.user_id, wanted.user_id) : undefined,
    // A term without an end has no place in this order.
    wanted.sort === "term_end" ? isNotNull(subscriptions.current_term_end) : undefined,
    keyContains(users.search_text, wanted.search),
  );
