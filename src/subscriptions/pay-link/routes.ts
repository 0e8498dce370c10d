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
      "Used if there is no frontend. What is owed or offered, without a name. A page for browsers, JSON for other clients. Only its button changes anything. The link works for 60 days, while its owner has the address that it was sent to and may pay dues.",
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
      "Nobody needs to sign in. With a `plan_id`, starts the same checkout as `POST /api/checkout/subscription`. Without one, leads to Stripe's page to pay overdue dues or, if none are, to enter a new card. Browsers are sent there (303).",
    access: open,
    round_trips: 2, // Stripe is asked between writing the attempt and recording its session, as in a checkout of somebody signed in
    request: { params: PayLinkToken, body: PayByLink, form: true },
    response: { 200: WhereToPay },
    errors: [404, 409],
    see_other: ({ url }) => url,
    handle: (ctx, { params, body }) => payByLink(ctx, params, body),
  }),
];
