import { openOrSignedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { CheckoutSession } from "../payments/schemas.ts";
import { startDonationCheckout } from "./checkout.ts";
import { DonationCheckout } from "./schemas.ts";

export const donationRoutes = [
  route({
    method: "post",
    path: "/api/donations/checkout",
    tag: "Payments",
    summary: "Give a donation",
    description:
      "Answers where to pay. Signed in it is a member's donation, in the account's name; else a public one, also where a member has the address. Nothing is paid until the session is, and one that nobody pays ends after two hours.",
    access: openOrSignedIn,
    // Whoever tries stolen cards needs many sessions; donors need one.
    credentials: true,
    round_trips: 2, // Stripe is asked between writing the donation down and keeping the session's id
    request: { body: DonationCheckout },
    response: { 200: CheckoutSession },
    errors: [409],
    handle: (ctx, { body }) => startDonationCheckout(ctx, body),
  }),
];
