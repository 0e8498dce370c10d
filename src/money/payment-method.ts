import * as z from "zod";
import { paymentmethod } from "../tables/plans.ts";

export const PaymentMethod = z.enum(paymentmethod.enumValues).meta({ id: "PaymentMethod" });
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** How something was paid, in words for mails and statements. */
export const HOW_PAID: Record<PaymentMethod, string> = {
  stripe: "Online",
  cash: "In cash",
  cheque: "By check",
  complimentary: "Complimentary",
  outside_stripe: "Outside of Stripe",
};
