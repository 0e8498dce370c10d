import * as z from "zod";
import { Cents, Id } from "../../http/schemas.ts";

/** Unknown fields are ignored: the old frontend's forms send more. */
export const SubscriptionCheckout = z.object({
  plan_id: Id,
  donation_cents: Cents.default(0).describe("A donation on top of the dues, with every payment"),
  base_subscription_cents: Cents.optional().describe(
    "The dues, if the member pays more or less than the plan's price: at least its minimum price",
  ),
});
export type SubscriptionCheckout = z.infer<typeof SubscriptionCheckout>;
