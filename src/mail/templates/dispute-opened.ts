import * as z from "zod";
import { facts, moment, paragraph, template } from "../letter.ts";
import { Reversed, reversed } from "../sums.ts";

/** To those who may refund: a bank wants a payment back, or only asks about one. Names nobody. Cents. */
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
          ? "Somebody told their bank that they do not know a payment to us, or that it was not right, and the bank asks about it. This is an inquiry: no money was taken back. It may become a dispute."
          : "Somebody told their bank that a payment to us was not right, and the bank asks for the money back.",
      ),
      facts(
        ...reversed(dispute, settings.CURRENCY),
        ...(respond_by ? [["Deadline", moment(respond_by)] satisfies [string, string]] : []),
      ),
      paragraph(
        respond_by
          ? `Please answer it in Stripe's dashboard, where the payment is found under disputes. Without an answer the money ${inquiry ? "may be taken back" : "is lost"}.`
          : "It is found in Stripe's dashboard, under disputes. There is nothing to answer.",
      ),
    ],
  }),
});
