import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a member whose term ends soon and does not renew. */
export const term_ending = template({
  data: z.object({ first_name: z.string(), plan_name: z.string(), term_end: z.string() }),
  compose: ({ first_name, plan_name, term_end }, { settings, branding }) => ({
    subject: `Your next ${branding.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership term ends soon, and it does not renew automatically.",
      facts(["Plan", plan_name], ["Ends", lastDay(term_end)]),
      "We would be glad if you stayed. Sign in and choose what suits you. Your next term starts when this one ends, so you lose nothing by paying early.",
      ...button("Choose and pay", links.plans(settings)),
      "If you would rather pay us in another way, or if the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});
