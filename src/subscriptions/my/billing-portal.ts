import { eq } from "drizzle-orm";
import Stripe from "stripe";
import type { PersonContext } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { links } from "../../http/frontend-links.ts";
import { selectCustomers, updateCustomer } from "../../people/stripe-customer.ts";
import { ask, askOrNull, isMissing } from "../../stripe/client.ts";
import { users } from "../../tables/people.ts";
import type { BillingPortal } from "./schemas.ts";

const PORTAL_NOT_SET_UP = [
  409,
  "portal_not_set_up",
  "The billing portal is not set up yet. Please tell us: its settings must be saved once in Stripe's dashboard.",
] as const;

const NO_BILLING = [409, "no_billing", "You have no online payments to manage."] as const;

/**
 * Opens the page at Stripe where members change their card, see their receipts, and cancel a subscription that renews.
 * Tells Stripe first who they are, if that has changed. 409 if they are not a customer at Stripe, or no longer are, or if
 * the portal's settings were never saved. 503 if Stripe does not answer.
 *
 * @param only_card shows nothing but the form for a new card, and comes back as soon as that is saved. Mails can be
 * forwarded, so a link in one does not show what the person paid, or where they live.
 */
export async function openBillingPortal(ctx: PersonContext, { only_card = false } = {}): Promise<BillingPortal> {
  const wanted = await ctx.transact((t) =>
    t.one(selectCustomers(eq(users.id, ctx.user_id)), new Refusal(...NO_BILLING)),
  );
  const known = await askOrNull(ctx.stripe.customers.retrieve(wanted.id));
  // Stripe still finds a customer that was deleted.
  if (!known || known.deleted) throw new Refusal(...NO_BILLING);
  // Somebody whose address Stripe does not accept can still see their payments.
  await updateCustomer(ctx, known, wanted).catch(unlessRefused);
  const return_url = links.billing(ctx.settings);
  const { url } = await ask(
    ctx.stripe.billingPortal.sessions.create({
      customer: wanted.id,
      return_url,
      ...(only_card && { flow_data: newCard(return_url) }),
    }),
  ).catch((error: unknown) => {
    if (isMissing(error)) throw new Refusal(...NO_BILLING, { cause: error });
    // Stripe gives no code when the portal was never set up. It is the only refusal here without one.
    if (isRefused(error) && !error.code) throw new Refusal(...PORTAL_NOT_SET_UP, { cause: error });
    throw error;
  });
  return { portal_url: url };
}

/** https://docs.stripe.com/customer-management/portal-deep-links */
const newCard = (return_url: string): Stripe.BillingPortal.SessionCreateParams.FlowData => ({
  type: "payment_method_update",
  after_completion: { type: "redirect", redirect: { return_url } },
});

const isRefused = (error: unknown) => error instanceof Stripe.errors.StripeInvalidRequestError;

function unlessRefused(error: unknown): void {
  if (!isRefused(error)) throw error;
}
