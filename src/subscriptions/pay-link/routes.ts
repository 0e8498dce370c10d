import { open } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { openPayLink } from "./offer.ts";
import { payPage } from "./page.ts";
import { DuesOffer, PayByLink, PayLinkToken, WhereToPay } from "./schemas.ts";
import { payByLink } from "./start.ts";

const tag = "Payments";

export const payLinkRoutes = [
  route({
    method: "get",
    path: "/api/pay/{token}",
    tag,
    operationId: "openPayLink",
    summary: "Open the link in an email about dues",
    description:
      "Emails link here if there is no frontend. Says what is owed or can be chosen, and names nobody: a page for browsers, JSON for other clients. Opening it changes nothing; only the button on the page does. The link works for 60 days, as long as its owner has the address that it was sent to and may pay dues.",
    access: open,
    mailed: true,
    leads_away: true,
    request: { params: PayLinkToken },
    response: { 200: DuesOffer },
    page: payPage,
    handle: (ctx, { params }) => openPayLink(ctx, params),
  }),
  route({
    method: "post",
    path: "/api/pay/{token}",
    tag,
    operationId: "payByLink",
    summary: "Pay dues by the link in an email",
    description:
      "Works without signing in. With a `plan_id`, it starts the same checkout as `POST /api/checkout/subscription`. Without one, it leads to Stripe's page for paying overdue dues or, if none are overdue, for entering a new card. Browsers are sent there (303).",
    access: open,
    round_trips: 2, // Stripe is asked between writing the attempt and recording its session, as in a checkout of somebody signed in
    request: { params: PayLinkToken, body: PayByLink, form: true },
    response: { 200: WhereToPay },
    errors: [404, 409],
    see_other: ({ url }) => url,
    handle: (ctx, { params, body }) => payByLink(ctx, params, body),
  }),
];
