import { fresh, permitted, signedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { cancelSubscription } from "./cancel.ts";
import { editSubscription } from "./edit.ts";
import { subscriptionAfter } from "./find.ts";
import { listSubscriptions } from "./list.ts";
import { mySubscription } from "./mine.ts";
import { pauseSubscription } from "./pause.ts";
import { recordOfflineTerm } from "./record-offline.ts";
import { refundOfflineTerm } from "./refund.ts";
import { resumeSubscription } from "./resume.ts";
import {
  Cancellation,
  OfflineTerm,
  Pause,
  Resumption,
  Subscription,
  SubscriptionChange,
  SubscriptionDetail,
  SubscriptionFilters,
  SubscriptionPage,
  Synchronised,
  TermRefund,
} from "./schemas.ts";
import { syncSubscription } from "./sync.ts";

const tag = "Subscriptions (admin)";

export const subscriptionRoutes = [
  route({
    method: "get",
    path: "/api/members/subscription",
    tag: "Payments",
    summary: "See my subscription",
    description: "The one that runs, else the latest; `renewal` is what I began to go on with, while it can be paid.",
    access: signedIn(),
    response: { 200: Subscription },
    errors: [404],
    handle: (ctx) => mySubscription(ctx),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions",
    tag,
    summary: "List subscriptions",
    description: "Newest first unless sorted otherwise, with their members.",
    access: permitted("subscriptions.view"),
    request: { query: SubscriptionFilters },
    response: { 200: SubscriptionPage },
    handle: (ctx, { query }) => listSubscriptions(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions/{id}",
    tag,
    summary: "See a subscription",
    description: "With what was paid for it, and what of that was given back.",
    access: permitted("subscriptions.view"),
    request: { params: ById },
    response: { 200: SubscriptionDetail },
    errors: [404],
    handle: (ctx, { params }) => subscriptionAfter(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions",
    tag,
    summary: "Record a term that was not paid online",
    description:
      "Cash, cheque or complimentary. The person becomes or stays a member and gets a receipt. A term that runs is extended: the new one begins where it ends. A checkout of theirs that is still open is ended, so that nobody pays twice. The same again, with its `id`, records nothing; another term with it is refused.",
    access: permitted("subscriptions.create"),
    repeatable: true, // its id is chosen before the database is asked
    request: { body: OfflineTerm },
    response: { 201: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { body }) => recordOfflineTerm(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/subscriptions/{id}",
    tag,
    summary: "Change a subscription's term, grace or notes",
    description:
      "What is not named stays. The end of a term, only where Stripe does not collect it by itself, and no checkout for the next is open; the grace, only while past due: more of it makes whoever has lapsed a member again. Amounts and status follow from the money alone.",
    access: permitted("subscriptions.edit"),
    repeatable: true,
    request: { params: ById, body: SubscriptionChange },
    response: { 200: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/cancel",
    tag,
    summary: "Cancel a subscription",
    description:
      "At the end of the term that is paid for, or now. `resume` can undo the first. Where a term that was not to renew itself is cancelled now, and had taken the place of one that is not over, that one is active again: cancel it, too, where the person wants to leave altogether. A checkout that nobody has paid is ended. The member is told, but for the reason.",
    access: permitted("subscriptions.cancel"),
    round_trips: 2, // Stripe is told between reading what it knows and agreeing with it; one where it knows nothing
    request: { params: ById, body: Cancellation },
    response: { 200: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { params, body }) => cancelSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/refund",
    tag,
    summary: "Take back what was recorded in cash or by cheque",
    description:
      "All that is left of it, or a part: it was given back, or was never there. The term stays until it is cancelled. What was paid online is refunded at Stripe.",
    access: fresh(permitted("subscriptions.cancel")),
    repeatable: true, // its id is chosen before the database is asked
    request: { params: ById, body: TermRefund },
    response: { 200: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { params, body }) => refundOfflineTerm(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/pause",
    tag,
    summary: "Pause a subscription",
    description:
      "Nothing is collected, and the person stays a member. A term that was not paid online stands still. Not while a checkout for the next one is open.",
    access: permitted("subscriptions.pause"),
    round_trips: 2, // Stripe is told between reading what it knows and agreeing with it; one where it knows nothing
    request: { params: ById, body: Pause },
    response: { 200: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { params, body }) => pauseSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/resume",
    tag,
    summary: "Resume a subscription",
    description:
      "Ends a pause or, where that is asked for, undoes the cancellation at the end of its term. A term that was not paid online ends later by as many days as it was paused.",
    access: permitted("subscriptions.pause"),
    round_trips: 2, // Stripe is told between reading what it knows and agreeing with it; one where it knows nothing
    request: { params: ById, body: Resumption },
    response: { 200: SubscriptionDetail },
    errors: [404, 409],
    handle: (ctx, { params, body }) => resumeSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/sync",
    tag,
    summary: "Ask Stripe how a subscription stands",
    description: "Makes the subscription, its payments and its member agree with Stripe, and says what has changed.",
    access: permitted("subscriptions.edit"),
    round_trips: 2, // Stripe is asked between reading what we know and agreeing with it
    repeatable: true,
    request: { params: ById },
    response: { 200: Synchronised },
    errors: [404, 409],
    handle: (ctx, { params }) => syncSubscription(ctx, params.id),
  }),
];
