import * as z from "zod";
import { facts, moment, paragraph, template } from "../letter.ts";
import { Reversed, reversed } from "../sums.ts";

/** To holders of `donations.refund`: a bank takes a payment back, or asks about one. Names nobody. Cents. */
export const dispute_opened = template({
  data: Reversed.extend({
    respond_by: z.string().nullable(),
    inquiry: z.boolean().default(false),
  }),
  compose: ({ respond_by, inquiry, ...dispute }, { settings, branding }) => ({
    subject: `${branding.name}: ${inquiry ? "a bank has a question" : "a dispute was opened"}`,
    blocks: [
      paragraph("Hello,"),
      paragraph(
        inquiry
          ? "Somebody asked their bank about a payment to us, and the bank is asking us. This is an inquiry: no money was taken back. It may become a dispute."
          : "Somebody disputed a payment to us, and their bank wants the money back.",
      ),
      facts(
        ...reversed(dispute, settings.CURRENCY),
        ...(respond_by ? [["Deadline", moment(respond_by)] satisfies [string, string]] : []),
      ),
      paragraph(
        respond_by
          ? `Please respond in Stripe's dashboard, under disputes. Without a response, the money ${inquiry ? "may be taken back" : "is lost"}.`
          : "You can find it in Stripe's dashboard, under disputes. You do not have to respond.",
      ),
    ],
  }),
});
