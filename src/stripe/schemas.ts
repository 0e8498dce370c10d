import * as z from "zod";

/** Where to pay. Every checkout returns this. */
export const CheckoutSession = z
  .object({ checkout_url: z.url().describe("Send the person here to pay"), session_id: z.string() })
  .meta({ id: "CheckoutSession" });
export type CheckoutSession = z.infer<typeof CheckoutSession>;
