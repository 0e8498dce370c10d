import { open, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { checkoutNotice } from "./pages.ts";
import { CheckoutSession, Received, SubscriptionCheckout } from "./schemas.ts";
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
      "Answers where to pay. The same plan and donation give the same session; others end the one before. For approved applicants and former members.",
    access: signedIn("payment_pending", "inactive", "active"),
    round_trips: 2, // Stripe is asked between writing the attempt down and keeping the session's id
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
