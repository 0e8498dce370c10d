import Stripe from "stripe";
import type { Context, SignedInContext } from "../../http/context.ts";
import { invalid, invalidInput } from "../../http/errors.ts";
import { links } from "../../http/frontend-links.ts";
import { endUnwantedCheckout } from "../../stripe/checkout-session.ts";
import { ask, isMissing } from "../../stripe/client.ts";
import { digest } from "../../stripe/digest.ts";
import type { CheckoutSession } from "../../stripe/schemas.ts";
import { DONATION_PART, toSeconds } from "../../stripe/values.ts";
import {
  abandonDonationCheckout,
  beginDonation,
  keepDonationCheckout,
  type PendingDonation,
  type RequestedDonation,
} from "./begin.ts";
import type { DonationCheckout } from "./schemas.ts";

/** Who asks, signed in or not. */
type Donor = Context | SignedInContext;

/**
 * Starts the checkout of a donation: a member's if somebody is signed in, otherwise a public one. The same request with
 * the same `request_id` gets the same session. Two round trips, with Stripe between them: we write the row first, so
 * that no payment can arrive without one.
 *
 * 400 for another currency, an amount outside the limits, or a public donation without a donor. 409 if somebody has
 * paid this donation, its checkout has expired, or its `request_id` belongs to another donation.
 */
export async function startDonationCheckout(ctx: Donor, input: DonationCheckout): Promise<CheckoutSession> {
  const donation = await beginDonation(ctx, await readRequest(ctx, input));
  const session = await createSession(ctx, donation).catch((error: unknown) =>
    // The customer was deleted at Stripe: use the address instead.
    isMissing(error) && donation.stripe_customer_id
      ? createSession(ctx, { ...donation, stripe_customer_id: null })
      : abandon(ctx, donation, error),
  );
  await keepDonationCheckout(ctx, donation.id, session.id).catch((error: unknown) =>
    endUnwantedCheckout(ctx, session, error),
  );
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** What somebody requested, and who. */
async function readRequest(ctx: Donor, input: DonationCheckout): Promise<RequestedDonation> {
  const { amount_cents, message = null, anonymous, currency, request_id } = input;
  const user_id = "user_id" in ctx ? ctx.user_id : null;
  const { donor_name = null, donor_email = null } = user_id ? {} : input;
  const errors: { path: string; message: string }[] = [];
  if (currency !== undefined && currency.toLowerCase() !== ctx.settings.CURRENCY)
    errors.push({ path: "currency", message: `must be ${ctx.settings.CURRENCY}` });
  if (!user_id && !donor_email) errors.push({ path: "donor_email", message: "is required unless signed in" });
  if (!user_id && !donor_name && !anonymous)
    errors.push({ path: "donor_name", message: "is required unless signed in or anonymous" });
  if (errors.length > 0) throw invalidInput(errors);
  const id = request_id ? await donationIdOf({ request_id, user_id }) : crypto.randomUUID();
  return { id, user_id, amount_cents, donor_name, donor_email, message, anonymous };
}

/** Makes a donation's id from the request's id and the member's. No other member's request can reach the donation. */
async function donationIdOf(request: { request_id: string; user_id: string | null }): Promise<string> {
  // A UUID of version 8: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
  return (await digest(request)).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-a$4-$5");
}

async function createSession(ctx: Context, donation: PendingDonation): Promise<Stripe.Checkout.Session> {
  const { settings } = ctx;
  const { id, stripe_customer_id, donor_email, statement_descriptor_suffix, checkout_expires_at } = donation;
  const metadata = { donation_id: id };
  const price_data = {
    currency: settings.CURRENCY,
    unit_amount: donation.amount_cents,
    product_data: { name: "Donation", metadata: { part: DONATION_PART } },
  };
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: "payment",
    submit_type: "donate",
    ...(stripe_customer_id ? { customer: stripe_customer_id } : { customer_email: donor_email }),
    client_reference_id: id,
    line_items: [{ quantity: 1, price_data }],
    metadata,
    payment_intent_data: { metadata, ...(statement_descriptor_suffix && { statement_descriptor_suffix }) },
    success_url: links.paid(settings),
    cancel_url: links.cancelled(settings),
    expires_at: toSeconds(new Date(checkout_expires_at)),
  };
  // Stripe rejects a key that comes back with other parameters. So the key changes with everything that we send.
  const idempotencyKey = `donation-${id}-${(await digest([params, checkout_expires_at])).slice(0, 16)}`;
  return ask(ctx.stripe.checkout.sessions.create(params, { idempotencyKey }));
}

/** Marks the donation as failed until the same request comes again. If that fails, it stays pending: no harm done. */
async function abandon(ctx: Context, { id }: PendingDonation, error: unknown): Promise<never> {
  await abandonDonationCheckout(ctx, id, error).catch(() => undefined);
  const refused = error instanceof Stripe.errors.StripeInvalidRequestError ? error.code : null;
  // A member's address comes from their account, not from a field of this request.
  if (refused === "email_invalid" && !("user_id" in ctx))
    throw invalid(
      "donor_email",
      "is not an address that the payment service accepts",
      "The payment service does not accept this email address.",
    );
  throw error;
}
