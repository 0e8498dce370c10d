import * as z from "zod";
import { paymentmethod } from "../tables/plans.ts";

export const PaymentMethod = z.enum(paymentmethod.enumValues).meta({ id: "PaymentMethod" });
export type PaymentMethod = z.infer<typeof PaymentMethod>;
