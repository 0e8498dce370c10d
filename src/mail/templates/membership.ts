import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { lastDay } from "../../time/format.ts";
import { button, facts, template } from "../letter.ts";

/** To a member whose term ends soon and does not renew. */
export const term_ending = template({
  data: z.object({ first_name: z.string(), plan_name: z.string(), term_end: z.string() }),
  compose: ({ first_name, plan_name, term_end }, { settings, organisation }) => ({
    subject: `Your next ${organisation.name} dues`,
    blocks: [
      `Hello ${first_name},`,
      "Your membership term ends soon, and it does not renew automatically.",
      facts(["Plan", plan_name], ["Ends", lastDay(term_end, organisation.time_zone)]),
      "We would be glad if you stayed. Sign in and choose what suits you. Your next term starts when this one ends, so you lose nothing by paying early.",
      ...button("Choose and pay", links.plans(settings)),
      "If you would rather pay us in another way, or if the dues are too much for you, please talk to us. We will work something out.",
    ],
  }),
});

/** To a member whose membership was canceled, by themselves or by us. Without `ends_at` it ended at once. */
export const membership_cancelled = template({
  data: z.object({ first_name: z.string(), ends_at: z.string().nullable() }),
  compose: ({ first_name, ends_at }, { organisation }) => ({
    subject: `A change to your account at ${organisation.name}`,
    blocks: [
      `Dear ${first_name},`,
      ends_at
        ? `Your membership was canceled. It continues until ${lastDay(ends_at, organisation.time_zone)} and then ends. No more dues will be collected.`
        : "Your membership was canceled and has ended. No more dues will be collected.",
      "Thank you for being part of what we do. If this is a mistake, please reply to this email.",
    ],
  }),
});

/** To a member whose membership was to end with its term, and now does not. */
export const membership_continues = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { organisation }) => ({
    subject: `A change to your account at ${organisation.name}`,
    blocks: [
      `Dear ${first_name},`,
      "We wrote to you that your membership was canceled. That has been undone: your membership continues as before.",
      "We are glad that you are staying. If this is a mistake, please reply to this email.",
    ],
  }),
});

/** To a former member, whether they left or did not pay. `overdue`: they can still pay their late dues. */
export const membership_ended = template({
  data: z.object({ first_name: z.string(), ended_at: z.string(), overdue: z.boolean().default(false) }),
  compose: ({ first_name, ended_at, overdue }, { settings, organisation }) => ({
    subject: `About your account at ${organisation.name}`,
    blocks: [
      `Dear ${first_name},`,
      `Your membership ended on ${lastDay(ended_at, organisation.time_zone)}. Thank you for being with us.`,
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
