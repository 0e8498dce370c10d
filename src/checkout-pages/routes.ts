import * as z from "zod";
import { open } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { type Route, route } from "../http/route.ts";
import { selectBranding } from "../organisation/organisation.ts";

type Declared = Pick<Route, "path" | "operationId" | "summary" | "request"> & Pick<Notice, "title" | "message">;

/** A page that Stripe sends people back to if there is no frontend. */
const checkoutPage = ({ title, message, ...declared }: Declared): Route =>
  route({
    ...declared,
    method: "get",
    tag: "Payments",
    description: "Used if there is no frontend. A page for browsers, JSON for other clients.",
    access: open,
    response: { 200: Notice },
    page,
    handle: async (ctx) => ({
      title,
      message,
      organisation: await ctx.transact((t) => t.one(selectBranding(ctx.settings))),
    }),
  });

export const checkoutPageRoutes = [
  checkoutPage({
    path: "/api/checkout/paid",
    operationId: "getPaidPage",
    summary: "The page that Stripe returns people to after they paid",
    // Stripe adds it. The page does not look at it.
    request: { query: z.object({ session_id: z.string().optional() }) },
    title: "Thank you",
    message:
      "We will email you as soon as your payment is confirmed. If you pay from a bank account, this takes a few days. If you paid your dues, your membership becomes active at that time.",
  }),
  checkoutPage({
    path: "/api/checkout/cancelled",
    operationId: "getCancelledPage",
    summary: "The page that Stripe returns people to if they did not pay",
    title: "Nothing was paid",
    message: "You left before paying, so nothing was charged. You can start again whenever you like.",
  }),
  checkoutPage({
    path: "/api/checkout/managed",
    operationId: "getManagedPage",
    summary: "The page that Stripe returns people to from the billing portal",
    title: "Your payments",
    message: "Your changes are saved. You can close this page.",
  }),
];
