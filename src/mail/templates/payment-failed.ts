import * as z from "zod";
import { links } from "../../http/links.ts";
import { formatCents } from "../../money.ts";
import { button, facts, paragraph, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a member whose dues could not be collected: nothing is lost yet, and what to do. Cents. */
export const payment_failed = template({
  data: z.object({ first_name: z.string(), amount_cents: z.int(), grace_ends_at: z.string() }),
  compose: ({ first_name, amount_cents, grace_ends_at }, { settings, branding }) => ({
    subject: `About your ${branding.name} dues`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(
        "We could not collect your dues. That happens: a card expires, or the bank says no. Nothing changes for now, and the payment is usually tried again in the next days.",
      ),
      facts(["Open", formatCents(amount_cents, settings.CURRENCY)], ["Active until", lastDay(grace_ends_at)]),
      paragraph("So that it works out, please sign in and look whether your card is still the right one."),
      ...button("Look at my card", links.plans(settings)),
      paragraph("If the dues are too much for you, talk to us: we find a way."),
    ],
  }),
});
