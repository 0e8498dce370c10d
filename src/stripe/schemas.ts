import * as z from "zod";

/** Where to pay: the answer of every checkout. */
export const CheckoutSession = z
  .object({
    checkout_url: z.url().describe("Send the person here to pay"),
    session_id: z.string(),
  })
  .meta({ id: "CheckoutSession" });
export type CheckoutSession = z.infer<typeof CheckoutSession>;
