import type { Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { askOrNull } from "../stripe/client.ts";
import type { Agreement } from "./from-stripe.ts";

/**
 * What an agreement does, to be run in one transaction. Before that it ends at Stripe the subscriptions that were found
 * unpaid for good: nobody became a member by them, so nothing may be collected later. The person chooses and pays anew.
 */
export async function effectsOf({ stripe }: Context, { effects, unpaid }: Agreement): Promise<Silent[]> {
  for (const id of unpaid) await askOrNull(stripe.subscriptions.cancel(id));
  return effects;
}
