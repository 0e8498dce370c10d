import { open, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { openBillingPortal } from "./billing-portal.ts";
import { checkoutNotice } from "./pages.ts";
import { BillingPortal, CheckoutSession, Received, SubscriptionCheckout } from "./schemas.ts";
import { startSubscriptionCheckout } from "./subscription-checkout.ts";
import { receiveStripeEvent } from "./webhook.ts";

const tag = "Payments";

export const paymentRoutes = [
  route({
    method: "post",
    path: "/api/checkout/subscription",
    tag,
    summary: "Pay dues",
    description:
      "Answers where to pay. The same plan and amounts give the same session; others end the one before, unless that was paid. For approved applicants, former members, and members whose term does not renew itself: their next one begins where it ends; a plan that renews itself, which begins when it is paid, can follow once that term is over.",
    access: signedIn("payment_pending", "inactive", "active"),
    round_trips: 2, // Stripe is asked between writing the attempt down and keeping the session's id; three where another's is ended first
    request: { body: SubscriptionCheckout },
    response: { 200: CheckoutSession },
    errors: [404, 409],
    handle: (ctx, { body }) => startSubscriptionCheckout(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/checkout/paid",
    tag,
    summary: "Where Stripe returns people to after paying",
    description: "Only where there is no frontend. A page for a browser, JSON for a client.",
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => checkoutNotice(ctx, "paid"),
  }),
  route({
    method: "get",
    path: "/api/checkout/cancelled",
    tag,
    summary: "Where Stripe returns people to who did not pay",
    description: "Only where there is no frontend. A page for a browser, JSON for a client.",
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => checkoutNotice(ctx, "cancelled"),
  }),
  route({
    method: "post",
    path: "/api/members/billing-portal",
    tag,
    summary: "Manage my payments",
    description: "Answers where: Stripe's page for one's card, receipts, and ending what renews itself.",
    access: signedIn(),
    repeatable: true, // the database is only read
    response: { 200: BillingPortal },
    errors: [409],
    handle: (ctx) => openBillingPortal(ctx),
  }),
  route({
    method: "get",
    path: "/api/checkout/managed",
    tag,
    summary: "Where Stripe returns people to who managed their payments",
    description: "Only where there is no frontend. A page for a browser, JSON for a client.",
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => checkoutNotice(ctx, "managed"),
  }),
  route({
    method: "post",
    path: "/api/webhooks/stripe",
    tag,
    summary: "Take in Stripe's events",
    description: "Signed by Stripe. Any order, any number of times.",
    access: open,
    request: { signed_body: true },
    response: { 200: Received },
    handle: (ctx, { raw }) => receiveStripeEvent(ctx, raw),
  }),
];
