import * as z from "zod";
import { open } from "../access/access.ts";
import type { Context } from "../http/context.ts";
import { Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { route } from "../http/route.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { paidNotice } from "./paid.ts";

/** What the pages have in common that Stripe sends people back to if there is no frontend. */
const checkoutPage = {
  method: "get",
  tag: "Payments",
  description: "Used if there is no frontend. A page for browsers, JSON for other clients.",
  access: open,
  response: { 200: Notice },
  page,
} as const;

const notice = async (ctx: Context, words: Pick<Notice, "title" | "message">): Promise<Notice> => ({
  ...words,
  organisation: await ctx.transact((t) => t.one(selectBranding(ctx.settings))),
});

/** Stripe adds the session's id. */
const PaidQuery = z.object({ session_id: z.string().max(255).optional() });

export const checkoutPageRoutes = [
  route({
    ...checkoutPage,
    path: "/api/checkout/paid",
    operationId: "getPaidPage",
    summary: "The page that Stripe returns people to after they paid",
    description:
      "Says what was paid and what comes next, and names nobody. The words change once the payment is confirmed. Browsers get a page. Frontends get JSON, and show `title` and `message` on their own page.",
    request: { query: PaidQuery },
    handle: (ctx, { query }) => paidNotice(ctx, query.session_id),
  }),
  route({
    ...checkoutPage,
    path: "/api/checkout/cancelled",
    operationId: "getCancelledPage",
    summary: "The page that Stripe returns people to if they did not pay",
    handle: (ctx) =>
      notice(ctx, {
        title: pageWords()("nothing_paid"),
        message: pageWords()("left_before_paying"),
      }),
  }),
  route({
    ...checkoutPage,
    path: "/api/checkout/managed",
    operationId: "getManagedPage",
    summary: "The page that Stripe returns people to from the billing portal",
    handle: (ctx) =>
      notice(ctx, {
        title: pageWords()("your_payments"),
        message: pageWords()("changes_saved"),
      }),
  }),
];
