import * as z from "zod";
import { facts, moment, template } from "../letter.ts";
import { Reversed, reversed } from "../sums.ts";

/** Tells holders of `donations.refund` that a bank disputes a payment or asks about one. Does not name the payer. */
export const dispute_opened = template({
  data: Reversed.extend({
    respond_by: z.string().nullable(),
    inquiry: z.boolean().default(false),
  }),
  compose: ({ respond_by, inquiry, ...dispute }, { settings, branding }) => ({
    subject: `${branding.name}: ${inquiry ? "a bank has a question" : "a dispute was opened"}`,
    blocks: [
      "Hello,",
      inquiry
        ? "Somebody asked their bank about a payment to us, and the bank has passed the question on. This is only an inquiry, and no money was taken back. It may still become a dispute."
        : "Somebody disputed a payment to us, and their bank wants the money back.",
      facts(
        ...reversed(dispute, settings.CURRENCY),
        ...(respond_by ? [["Deadline", moment(respond_by)] satisfies [string, string]] : []),
      ),
      respond_by
        ? `Please respond in Stripe's dashboard, under disputes. Without a response, the money ${inquiry ? "may be taken back" : "is lost"}.`
        : "You can find it in Stripe's dashboard, under disputes. You do not have to respond.",
    ],
  }),
});
