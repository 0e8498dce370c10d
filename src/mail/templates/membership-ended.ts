import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a former member, whether they left or did not pay. `overdue`: they can still pay their late dues. */
export const membership_ended = template({
  data: z.object({ first_name: z.string(), ended_at: z.string(), overdue: z.boolean().default(false) }),
  compose: ({ first_name, ended_at, overdue }, { settings, branding }) => ({
    subject: `About your account at ${branding.name}`,
    blocks: [
      `Dear ${first_name},`,
      `Your membership ended on ${lastDay(ended_at)}. Thank you for being with us.`,
      ...(overdue
        ? [
            "We could not collect your dues. If you would like to come back, sign in and open the billing portal. There you can pay your dues or change your card. As soon as they are paid, you are a member again.",
            ...button("Pay my dues", links.plans(settings)),
          ]
        : [
            "You keep your account. If you would like to come back, now or later, sign in and choose what suits you.",
            ...button("Come back", links.plans(settings)),
          ]),
      "If the dues were too much for you, please talk to us. We will work something out.",
    ],
  }),
});
