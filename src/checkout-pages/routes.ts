import { open } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { getCheckoutNotice } from "./notices.ts";

const tag = "Payments";
const description = "Used if there is no frontend. A page for browsers, JSON for other clients.";

export const checkoutPageRoutes = [
  route({
    method: "get",
    path: "/api/checkout/paid",
    tag,
    operationId: "getPaidPage",
    summary: "The page that Stripe returns people to after they paid",
    description,
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => getCheckoutNotice(ctx, "paid"),
  }),
  route({
    method: "get",
    path: "/api/checkout/cancelled",
    tag,
    operationId: "getCancelledPage",
    summary: "The page that Stripe returns people to if they did not pay",
    description,
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => getCheckoutNotice(ctx, "cancelled"),
  }),
  route({
    method: "get",
    path: "/api/checkout/managed",
    tag,
    operationId: "getManagedPage",
    summary: "The page that Stripe returns people to from the billing portal",
    description,
    access: open,
    response: { 200: Notice },
    page,
    handle: (ctx) => getCheckoutNotice(ctx, "managed"),
  }),
];
