import type Stripe from "stripe";
import * as z from "zod";
import type { Context } from "../http/context.ts";
import { type Agreement, NOT_OURS } from "../stripe/agreement.ts";
import { idOf } from "../stripe/values.ts";
import { subscriptionFromStripe } from "../subscriptions/from-stripe/subscription.ts";

/** Makes the subscription that an invoice belongs to agree with Stripe. */
export async function invoiceFromStripe(ctx: Context, invoice: Stripe.Invoice): Promise<Agreement> {
  const id = subscriptionIdOf(invoice);
  return id ? subscriptionFromStripe(ctx, id) : NOT_OURS;
}

/** Stripe writes events in the account's API version. Before 2025-03-31 an invoice names its subscription here. */
const OldInvoice = z.object({ subscription: z.string() });

const subscriptionIdOf = (invoice: Stripe.Invoice): string | null =>
  idOf(invoice.parent?.subscription_details?.subscription) ?? OldInvoice.safeParse(invoice).data?.subscription ?? null;
