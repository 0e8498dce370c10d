import * as z from "zod";
import { Email, Id } from "../../http/schemas.ts";
import { DonatedCents, DonorMessage, DonorName } from "../schemas.ts";

/** Ignores unknown fields, because the old frontend's forms send some. */
export const DonationCheckout = z.object({
  amount_cents: DonatedCents.describe("Within the limits in the organization's settings"),
  donor_name: DonorName.optional().describe("Required unless signed in or anonymous. Ignored when signed in"),
  donor_email: Email.optional().describe("Where the receipt goes. Required unless signed in. Ignored when signed in"),
  message: DonorMessage.optional(),
  anonymous: z.boolean().default(false).describe("Show the donor only to people who manage donations"),
  currency: z.string().max(3).optional().describe("If given, it must be the platform's currency").meta({
    example: "usd",
  }),
  request_id: Id.optional().describe(
    "Chosen by the client. If you send the same request again with the same id, you get the same checkout. A different request with that id gets 409 `request_id_reused`",
  ),
});
export type DonationCheckout = z.infer<typeof DonationCheckout>;
