import * as z from "zod";
import { paymentmethod } from "../plans/tables.ts";

export const PaymentMethod = z.enum(paymentmethod.enumValues).meta({ id: "PaymentMethod" });
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** How something was paid, as mails and statements say it. */
export const HOW_PAID: Record<PaymentMethod, string> = {
  stripe: "Online",
  cash: "In cash",
  cheque: "By cheque",
  complimentary: "Complimentary",
};
