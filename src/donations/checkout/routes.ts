import { openOrSignedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { CheckoutSession } from "../../stripe/schemas.ts";
import { DonationCheckout } from "./schemas.ts";
import { startDonationCheckout } from "./start.ts";

export const donationCheckoutRoutes = [
  route({
    method: "post",
    path: "/api/donations/checkout",
    tag: "Payments",
    operationId: "startDonationCheckout",
    summary: "Give a donation",
    description:
      "Returns the page to pay on, which expires after two hours. Signed in, it is a member's donation in the account's name. Otherwise it is a public one, even if a member has the address.",
    access: openOrSignedIn,
    // Testing stolen cards takes many sessions. A donor needs one.
    credentials: true,
    round_trips: 2, // Stripe is asked between recording the donation and saving the session's id
    request: { body: DonationCheckout },
    response: { 200: CheckoutSession },
    errors: [409],
    handle: (ctx, { body }) => startDonationCheckout(ctx, body),
  }),
];
