import { signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { openBillingPortal } from "./billing-portal.ts";
import { BillingPortal, MySubscription } from "./schemas.ts";
import { getMySubscription } from "./subscription.ts";

const tag = "Payments";

export const mySubscriptionRoutes = [
  route({
    method: "get",
    path: "/api/members/subscription",
    tag,
    operationId: "getMySubscription",
    summary: "Get my subscription",
    description:
      "The running subscription, or the latest one; 404 `no_subscription` before the first. `renewal` is the checkout that I started for the time after it, as long as I can still pay it.",
    access: signedIn(),
    response: { 200: MySubscription },
    errors: [404],
    handle: (ctx) => getMySubscription(ctx),
  }),
  route({
    method: "post",
    path: "/api/members/billing-portal",
    tag,
    operationId: "openBillingPortal",
    summary: "Manage my payments",
    description:
      "Returns a link to Stripe, where I can change my card, see my receipts, or cancel a subscription that renews.",
    access: signedIn(),
    repeatable: true, // it only reads the database
    response: { 200: BillingPortal },
    errors: [409],
    handle: (ctx) => openBillingPortal(ctx),
  }),
];
