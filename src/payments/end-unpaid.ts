import type { Context } from "../http/context.ts";
import type { Agreement } from "./from-stripe.ts";
import { askOrNull } from "./stripe.ts";

/**
 * Ends at Stripe the subscriptions that an agreement found unpaid for good, before it is applied: nobody became a member by
 * them, so nothing may be collected later. The person chooses and pays anew.
 */
export async function endUnpaid({ stripe }: Context, { unpaid = [] }: Agreement): Promise<void> {
  for (const id of unpaid) await askOrNull(stripe.subscriptions.cancel(id));
}
