import * as z from "zod";
import { changeItems, ITEMS } from "../changing-items.ts";
import { endpoint, listEndpoint, newestFirst } from "../endpoint.ts";
import { invalidRequest, noSuch } from "../errors.ts";
import { existing } from "../lookup.ts";
import { clearable, flag, integer, mergeMetadata, metadata, oneOf, range, text, within } from "../parameters.ts";
import { resumeSubscription } from "../resuming.ts";
import { changeSubscription, endSubscription, endsAt, endsWithPeriod } from "../subscribing.ts";
import type { Subscription } from "../wire.ts";

const CANCELLATION_DETAILS = z.strictObject({
  comment: clearable(text()).optional(),
  feedback: clearable(
    oneOf(
      "customer_service",
      "low_quality",
      "missing_features",
      "other",
      "switched_service",
      "too_complex",
      "too_expensive",
      "unused",
    ),
  ).optional(),
});

const UPDATE = {
  cancel_at: clearable(integer()).optional(),
  cancel_at_period_end: flag.optional(),
  cancellation_details: CANCELLATION_DETAILS.optional(),
  default_payment_method: clearable(text()).optional(),
  description: clearable(text(500)).optional(),
  items: ITEMS.optional(),
  metadata: metadata.optional(),
  pause_collection: clearable(
    z.strictObject({
      behavior: oneOf("keep_as_draft", "mark_uncollectible", "void"),
      resumes_at: integer().optional(),
    }),
  ).optional(),
  proration_behavior: oneOf("always_invoice", "none").optional(),
};

const RESUME = {
  billing_cycle_anchor: z.strictObject({ type: oneOf("now", "unchanged") }).optional(),
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success").optional(),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none").optional(),
};

export const subscriptions = [
  endpoint("GET", "/v1/subscriptions/:id", {}, ({ world, id }) =>
    existing(world.state.subscriptions, "subscription", id),
  ),

  endpoint("POST", "/v1/subscriptions/:id", UPDATE, ({ world, id, parameters }) => {
    const subscription = existing(world.state.subscriptions, "subscription", id);
    const { cancel_at, cancel_at_period_end, cancellation_details, ...rest } = parameters;
    const touchesMore = cancel_at !== undefined || cancel_at_period_end !== undefined || changesMore(rest);
    if (subscription.status === "canceled" && touchesMore) {
      throw invalidRequest("A canceled subscription can only update its cancellation_details and metadata.");
    }
    if (cancel_at !== undefined && cancel_at_period_end !== undefined) {
      throw invalidRequest(
        "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
        "cancel_at",
      );
    }
    const change: Partial<Subscription> = { metadata: mergeMetadata(subscription.metadata, rest.metadata) };
    if (cancel_at_period_end !== undefined && cancel_at_period_end !== subscription.cancel_at_period_end) {
      Object.assign(change, endsWithPeriod(world, subscription, cancel_at_period_end));
    }
    if (cancel_at !== undefined && cancel_at !== subscription.cancel_at) {
      if (cancel_at !== null && cancel_at <= world.now(subscription.customer)) {
        throw invalidRequest("`cancel_at` must be in the future.", "cancel_at");
      }
      Object.assign(change, endsAt(world, subscription, cancel_at));
    }
    if (rest.default_payment_method !== undefined) {
      const card = rest.default_payment_method;
      if (card !== null) existing(world.state.payment_methods, "PaymentMethod", card, "default_payment_method");
      change.default_payment_method = card;
    }
    if (rest.description !== undefined) change.description = rest.description;
    if (rest.pause_collection !== undefined) {
      const pause = rest.pause_collection;
      change.pause_collection = pause && { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null };
    }
    if (cancellation_details) {
      change.cancellation_details = withDetails({ ...subscription, ...change }, cancellation_details);
    }
    changeSubscription(world, subscription, change);
    if (rest.items) changeItems(world, subscription, rest.items, rest.proration_behavior === "always_invoice");
    return subscription;
  }),

  endpoint(
    "DELETE",
    "/v1/subscriptions/:id",
    { cancellation_details: CANCELLATION_DETAILS.optional() },
    ({ world, id, parameters: { cancellation_details = {} } }) => {
      const subscription = existing(world.state.subscriptions, "subscription", id);
      if (subscription.status === "canceled") throw noSuch("subscription", id);
      subscription.cancellation_details = withDetails(subscription, cancellation_details);
      endSubscription(world, subscription, "cancellation_requested");
      return subscription;
    },
  ),

  endpoint("POST", "/v1/subscriptions/:id/resume", RESUME, ({ world, id, parameters }) => {
    const subscription = existing(world.state.subscriptions, "subscription", id);
    resumeSubscription(world, subscription, parameters);
    return subscription;
  }),

  listEndpoint(
    "/v1/subscriptions",
    {
      created: range.optional(),
      customer: text().optional(),
      status: oneOf(
        "active",
        "all",
        "canceled",
        "ended",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "paused",
        "trialing",
        "unpaid",
      ).optional(),
    },
    ({ world, parameters: { customer } }) => {
      // A deleted customer is no customer anymore: https://docs.stripe.com/api/customers/delete
      if (customer !== undefined && world.state.deleted_customers.has(customer)) {
        throw noSuch("customer", customer, "customer");
      }
      return newestFirst(world.state.subscriptions);
    },
    (subscription, { created, customer, status }) =>
      within(subscription.created, created) &&
      (customer === undefined || subscription.customer === customer) &&
      hasStatus(subscription, status),
  ),
];

/** Without a status filter, Stripe lists every subscription that is not canceled. */
function hasStatus(subscription: Subscription, status: string | undefined): boolean {
  const canceled = subscription.status === "canceled";
  if (status === undefined) return !canceled;
  return status === "all" || (status === "ended" ? canceled : subscription.status === status);
}

function changesMore({ metadata: _, ...rest }: Record<string, unknown>): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

function withDetails(
  { cancellation_details }: Subscription,
  given: z.output<typeof CANCELLATION_DETAILS>,
): Subscription["cancellation_details"] {
  return {
    comment: given.comment === undefined ? (cancellation_details?.comment ?? null) : given.comment,
    feedback: given.feedback === undefined ? (cancellation_details?.feedback ?? null) : given.feedback,
    feedback_option: null,
    reason: cancellation_details?.reason ?? null,
  };
}
