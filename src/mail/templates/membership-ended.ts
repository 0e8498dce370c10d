import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";
import { lastDay } from "../sums.ts";

/** To somebody who was a member until now, whether they left or their dues were not paid; overdue ones can still be. */
export const membership_ended = template({
  data: z.object({ first_name: z.string(), ended_at: z.string(), overdue: z.boolean().default(false) }),
  compose: ({ first_name, ended_at, overdue }, { settings, branding }) => ({
    subject: `About your account at ${branding.name}`,
    blocks: [
      paragraph(`Dear ${first_name},`),
      paragraph(`Your membership ended on ${lastDay(ended_at)}. Thank you for having been with us.`),
      ...(overdue
        ? [
            paragraph(
              "Your dues could not be collected. To come back, sign in and open the billing portal: there you can pay them or change your card, and you are a member again as soon as they are paid.",
            ),
            ...button("Pay my dues", links.plans(settings)),
          ]
        : [
            paragraph(
              "Your account stays. If you would like to come back, today or some day, sign in and choose what suits you.",
            ),
            ...button("Come back", links.plans(settings)),
          ]),
      paragraph("If the dues were too much for you, talk to us: we find a way."),
    ],
  }),
});
