import { fresh, permitted } from "../../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../../http/export.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { Period } from "../../ledger/figures.ts";
import { recordOfflineTerm } from "../offline/record.ts";
import { refundOfflineTerm } from "../offline/refund.ts";
import { OfflineTerm, TermRefund } from "../offline/schemas.ts";
import { cancelSubscription } from "./cancel.ts";
import { editSubscription } from "./edit.ts";
import { exportSubscriptions } from "./export.ts";
import { SubscriptionStats } from "./figures-schemas.ts";
import { SubscriptionExport, SubscriptionFilters } from "./filters.ts";
import { getSubscription } from "./find.ts";
import { listSubscriptions } from "./list.ts";
import { pauseSubscription } from "./pause.ts";
import { resumeSubscription } from "./resume.ts";
import {
  Cancellation,
  Pause,
  Resumption,
  Subscription,
  SubscriptionChange,
  SubscriptionPage,
  SyncedSubscription,
} from "./schemas.ts";
import { getSubscriptionStats } from "./stats.ts";
import { syncSubscription } from "./sync.ts";

const tag = "Subscriptions (admin)";

export const subscriptionAdminRoutes = [
  route({
    method: "get",
    path: "/api/admin/subscriptions",
    tag,
    operationId: "listSubscriptions",
    summary: "List subscriptions",
    description: "With their members. Newest first by default.",
    access: permitted("subscriptions.view"),
    request: { query: SubscriptionFilters },
    response: { 200: SubscriptionPage },
    handle: (ctx, { query }) => listSubscriptions(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions/{id}",
    tag,
    operationId: "getSubscription",
    summary: "Get a subscription",
    description: "With its payments and their refunds.",
    access: permitted("subscriptions.view"),
    request: { params: ById },
    response: { 200: Subscription },
    errors: [404],
    handle: (ctx, { params }) => getSubscription(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions/stats",
    tag,
    operationId: "getSubscriptionStats",
    summary: "Get subscription statistics",
    description:
      "How many subscriptions there are now; how many began, renewed and ended in a period; and the money that moved.",
    access: permitted("subscriptions.stats"),
    request: { query: Period },
    response: { 200: SubscriptionStats },
    handle: (ctx, { query }) => getSubscriptionStats(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions/export",
    tag,
    operationId: "exportSubscriptions",
    summary: "Export subscriptions",
    description: `${ABOUT_EXPORTS} Takes the filters of the list.`,
    access: fresh(permitted("subscriptions.export")),
    request: { query: SubscriptionExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportSubscriptions(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions",
    tag,
    operationId: "recordOfflineTerm",
    summary: "Record a term that was not paid online",
    description:
      "The person becomes or stays a member and gets a receipt. If a term is running, the new one extends it. If the person has an open checkout, we end it, so that they cannot pay twice.",
    access: permitted("subscriptions.create"),
    repeatable: true, // the client chooses its id
    request: { body: OfflineTerm },
    response: { 201: Subscription },
    errors: [404, 409],
    handle: (ctx, { body }) => recordOfflineTerm(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/subscriptions/{id}",
    tag,
    operationId: "editSubscription",
    summary: "Edit a subscription's term, grace period or notes",
    description:
      "Fields that are left out stay as they are. You can change the end of a running term only if it does not renew and the person has no open checkout. A longer grace period makes a lapsed member active again.",
    access: permitted("subscriptions.edit"),
    repeatable: true,
    request: { params: ById, body: SubscriptionChange },
    response: { 200: Subscription },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/cancel",
    tag,
    operationId: "cancelSubscription",
    summary: "Cancel a subscription",
    description:
      "By default, the membership lasts until the paid term ends, and until then `resume` can undo this. Otherwise it ends now. A past-due subscription or an unpaid checkout always ends now. If a term that you cancel now replaced one that is not over yet, the earlier term becomes active again. Cancel it too if the person wants to leave.",
    access: permitted("subscriptions.cancel"),
    round_trips: 2, // check the rules, tell Stripe, agree with its answer; one if Stripe does not know the subscription, three if it does not carry our metadata
    request: { params: ById, body: Cancellation },
    response: { 200: Subscription },
    errors: [404, 409],
    handle: (ctx, { params, body }) => cancelSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/refund",
    tag,
    operationId: "refundOfflineTerm",
    summary: "Record a refund of a payment that Stripe knows nothing of",
    description:
      "Records that you gave back all or part of a payment in cash, by check, or outside of Stripe, or never received it. The term stays until you cancel it. Refund online payments at Stripe instead.",
    access: fresh(permitted("subscriptions.cancel")),
    repeatable: true, // the client chooses its id
    request: { params: ById, body: TermRefund },
    response: { 200: Subscription },
    errors: [404, 409],
    handle: (ctx, { params, body }) => refundOfflineTerm(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/pause",
    tag,
    operationId: "pauseSubscription",
    summary: "Pause a subscription",
    description:
      "During the pause, we collect nothing, and the person stays a member. A term that does not renew keeps the days it has left. You cannot pause a subscription while a checkout for the next term is open.",
    access: permitted("subscriptions.pause"),
    round_trips: 2, // check the rules, tell Stripe, agree with its answer; one if Stripe does not know the subscription, three if it does not carry our metadata
    request: { params: ById, body: Pause },
    response: { 200: Subscription },
    errors: [404, 409],
    handle: (ctx, { params, body }) => pauseSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/resume",
    tag,
    operationId: "resumeSubscription",
    summary: "Resume a subscription",
    description:
      "Ends the pause, or, if `undo` is `cancellation`, lets the subscription go on after its term. If the term does not renew, the days of the pause are added to its end. If the subscription itself was paused at Stripe and its paid term is over, a new term begins and is paid in full today; if that fails, it stays paused (409 `not_resumed`).",
    access: permitted("subscriptions.pause"),
    round_trips: 2, // check the rules, tell Stripe, agree with its answer; one if Stripe does not know the subscription, three if it does not carry our metadata
    request: { params: ById, body: Resumption },
    response: { 200: Subscription },
    errors: [404, 409],
    handle: (ctx, { params, body }) => resumeSubscription(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/subscriptions/{id}/sync",
    tag,
    operationId: "syncSubscription",
    summary: "Sync a subscription with Stripe",
    description: "Makes the subscription, its payments and its member agree with Stripe, and returns what has changed.",
    access: permitted("subscriptions.edit"),
    round_trips: 2, // read the row, ask Stripe, agree with its answer; three if the subscription does not carry our metadata
    repeatable: true,
    request: { params: ById },
    response: { 200: SyncedSubscription },
    errors: [404, 409],
    handle: (ctx, { params }) => syncSubscription(ctx, params.id),
  }),
];
