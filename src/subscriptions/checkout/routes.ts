import { signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { CheckoutSession } from "../../stripe/schemas.ts";
import { PAYING_STATUSES } from "./rules.ts";
import { SubscriptionCheckout } from "./schemas.ts";
import { startSubscriptionCheckout } from "./start.ts";

export const subscriptionCheckoutRoutes = [
  route({
    method: "post",
    path: "/api/checkout/subscription",
    tag: "Payments",
    operationId: "startSubscriptionCheckout",
    summary: "Pay dues",
    description:
      "Returns the page to pay on. The same plan and amounts return the same session; other ones end it, unless it was paid. If your term does not renew, the next one begins when it ends; a plan that renews automatically can only be started once that term is over. A free term does not have to be over: it ends when a plan that renews automatically is paid. One that extends a paid term gives way once the paid time is over. A subscription that no longer makes you a member, because its dues are unpaid or it is paused, is ended first. If there is nothing to pay, the membership begins at once, `session_id` is null, and `checkout_url` leads to the page that people see after paying. Such a term does not renew by itself: the same request renews it in its last 14 days. With a donation and no dues, the donation is paid once, and the membership begins when it is paid.",
    access: signedIn(...PAYING_STATUSES),
    round_trips: 2, // Stripe is asked between writing the attempt and recording its session; a third if an earlier session or a lapsed subscription is ended
    request: { body: SubscriptionCheckout },
    response: { 200: CheckoutSession },
    errors: [404, 409],
    handle: (ctx, { body }) => startSubscriptionCheckout(ctx, body),
  }),
];
