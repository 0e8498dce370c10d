import Stripe from "stripe";
import type { Context, SignedInContext } from "../http/context.ts";
import { invalid, Refusal } from "../http/errors.ts";
import { links } from "../http/links.ts";
import type { CheckoutSession } from "../payments/schemas.ts";
import { DONATION_PART } from "../payments/subscription-parts.ts";
import { endUnwanted } from "../stripe/checkout-session.ts";
import { ask, isMissing, isStripeFault } from "../stripe/client.ts";
import { digest } from "../stripe/digest.ts";
import { abandonCheckout, type Begun, beginDonation, keepSession, type Wanted } from "./begin.ts";
import type { DonationCheckout } from "./schemas.ts";

/**
 * Starts the checkout of a donation: a member's where somebody is signed in, else a public one, whoever has its address.
 * With a `request_id` the same request gives the same session again. Two round trips, with Stripe between: the row is
 * written first, so that a payment always has one to come home to. A session that nobody pays expires.
 *
 * 400 for another currency, an amount outside the settings' limits, or a public donation that does not say from whom; 409
 * when the request was paid already, its checkout has ended, or its `request_id` came with another donation before.
 */
export async function startDonationCheckout(
  ctx: Context | SignedInContext,
  input: DonationCheckout,
): Promise<CheckoutSession> {
  const donation = await beginDonation(ctx, await wantedOf(ctx, input));
  const session = await createSession(ctx, donation).catch((error: unknown) =>
    // Somebody deleted the customer at Stripe: the address will do.
    isMissing(error) && donation.stripe_customer_id
      ? createSession(ctx, { ...donation, stripe_customer_id: null })
      : abandon(ctx, donation, error),
  );
  await keepSession(ctx, donation.id, session.id).catch((error: unknown) => endUnwanted(ctx, session, error));
  if (!session.url) throw new Error(`Checkout session ${session.id} has no page`);
  return { checkout_url: session.url, session_id: session.id };
}

/** What is asked for, and by whom. */
async function wantedOf(ctx: Context | SignedInContext, input: DonationCheckout): Promise<Wanted> {
  const { amount_cents, message = null, anonymous, currency, request_id } = input;
  const user_id = "user_id" in ctx ? ctx.user_id : null;
  // A member's name and address are those of the account.
  const { donor_name = null, donor_email = null } = user_id ? {} : input;
  const errors = [
    ...(currency !== undefined && currency.toLowerCase() !== ctx.settings.CURRENCY
      ? [{ path: "currency", message: `must be ${ctx.settings.CURRENCY}` }]
      : []),
    ...(!user_id && !donor_email ? [{ path: "donor_email", message: "is needed unless signed in" }] : []),
    ...(!user_id && !donor_name && !anonymous
      ? [{ path: "donor_name", message: "is needed unless signed in or anonymous" }]
      : []),
  ];
  if (errors.length > 0) throw new Refusal(400, "invalid_input", "The request is not valid: see errors.", { errors });
  const id = request_id ? await idOf({ request_id, user_id }) : crypto.randomUUID();
  return { id, user_id, amount_cents, donor_name, donor_email, message, anonymous };
}

/** The id of a request's donation, made of the request's and of who is signed in: a member's are nobody else's. */
async function idOf(request: { request_id: string; user_id: string | null }): Promise<string> {
  const digits = await digest(request);
  // RFC 9562, version 8: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-a$4-$5");
}

async function createSession(ctx: Context, donation: Begun): Promise<Stripe.Checkout.Session> {
  const { settings } = ctx;
  const { id, stripe_customer_id, donor_email, statement_descriptor_suffix, checkout_expires_at } = donation;
  const metadata = { donation_id: id };
  const wanted: Stripe.Checkout.SessionCreateParams = {
    mode: "payment",
    submit_type: "donate",
    ...(stripe_customer_id ? { customer: stripe_customer_id } : { customer_email: donor_email }),
    client_reference_id: id,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: settings.CURRENCY,
          unit_amount: donation.amount_cents,
          product_data: { name: "Donation", metadata: { part: DONATION_PART } },
        },
      },
    ],
    metadata,
    payment_intent_data: { metadata, ...(statement_descriptor_suffix && { statement_descriptor_suffix }) },
    success_url: links.paid(settings),
    cancel_url: links.cancelled(settings),
    expires_at: Math.floor(Date.parse(checkout_expires_at) / 1000),
  };
  // Whatever changes (the settings, another try that ends at another time) makes another key: Stripe refuses one that
  // comes back with other parameters.
  const idempotencyKey = `donation-${id}-${(await digest([wanted, checkout_expires_at])).slice(0, 16)}`;
  return ask(ctx.stripe.checkout.sessions.create(wanted, { idempotencyKey }));
}

/** The row becomes failed, until the same request comes again. Should that fail too, it stays pending and is worth nothing. */
async function abandon(ctx: Context, { id }: Begun, error: unknown): Promise<never> {
  await abandonCheckout(ctx, id, { under_another_key: isStripeFault(error) }).catch(() => undefined);
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "email_invalid")
    throw invalid(
      "donor_email",
      "is not an address that the payment service takes",
      "Stripe does not take this e-mail address.",
    );
  throw error;
}
