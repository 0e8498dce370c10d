import * as z from "zod";

/** Where to pay. Every checkout returns this. */
export const CheckoutSession = z
  .object({
    checkout_url: z.url().describe("Send the person here to pay"),
    session_id: z.string().nullable().describe("Null if there is nothing to pay and everything is done"),
  })
  .meta({ id: "CheckoutSession" });
export type CheckoutSession = z.infer<typeof CheckoutSession>;
