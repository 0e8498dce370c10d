import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, paragraph, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To a former member, whether they left or did not pay. `overdue`: they can still pay their late dues. */
export const membership_ended = template({
  data: z.object({ first_name: z.string(), ended_at: z.string(), overdue: z.boolean().default(false) }),
  compose: ({ first_name, ended_at, overdue }, { settings, branding }) => ({
    subject: `About your account at ${branding.name}`,
    blocks: [
      paragraph(`Dear ${first_name},`),
      paragraph(`Your membership ended on ${lastDay(ended_at)}. Thank you for being with us.`),
      ...(overdue
        ? [
            paragraph(
              "We could not collect your dues. If you would like to come back, sign in and open the billing portal. There you can pay your dues or change your card. As soon as they are paid, you are a member again.",
            ),
            ...button("Pay my dues", links.plans(settings)),
          ]
        : [
            paragraph(
              "You keep your account. If you would like to come back, now or later, sign in and choose what suits you.",
            ),
            ...button("Come back", links.plans(settings)),
          ]),
      paragraph("If the dues were too much for you, please talk to us. We will work something out."),
    ],
  }),
});
