import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { facts, signInButton, template } from "../letter.ts";

/** To a member whose term ends soon and does not renew. */
export const term_ending = template({
  data: z.object({ first_name: z.string(), plan_name: z.string(), term_end: z.string() }),
  link: "pay",
  words: {
    subject: "Your next {organization} dues",
    preheader: "We would be glad if you stayed.",
    greeting: "Hi {first_name},",
    what_happened: "Your membership term ends soon, and it does not renew automatically.",
    ends: "Ends",
    what_to_do:
      "We would be glad if you stayed! Please choose what suits you by {day}. Your next term starts when this one ends, so you lose nothing by paying early.",
    button: "Choose and pay",
    too_much:
      "If you would rather pay another way, or if the dues are too much for you, please talk to us. We will work something out.",
  },
  sample: { first_name: "Robin", plan_name: "Calendar year", term_end: "2028-01-01T05:00:00.000Z" },
  compose: ({ plan_name, term_end }, { say, common, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([common("plan"), plan_name], [say("ends"), format.lastDay(term_end)]),
      say("what_to_do", { day: format.lastDay(term_end) }),
      ...signInButton(say("button"), links.membership(settings, token), common),
      say("too_much"),
    ],
  }),
});

/** To a member whose membership was canceled, by themselves or by us. Without `ends_at` it ended at once. */
export const membership_cancelled = template({
  data: z.object({ first_name: z.string(), ends_at: z.string().nullable() }),
  words: {
    subject: "A change to your account at {organization}",
    preheader: "Please check that it is what you wanted.",
    greeting: "Hi {first_name},",
    ends_later:
      "Your membership was canceled. It continues until {day} and then ends. No more dues will be collected, and there is nothing you need to do.",
    ended:
      "Your membership was canceled and has ended. No more dues will be collected, and there is nothing you need to do.",
    goodbye: "Thank you for being part of what we do. If this is a mistake, please reply to this email.",
  },
  sample: { first_name: "Robin", ends_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ ends_at }, { say, format }) => ({
    blocks: [
      say("greeting"),
      ends_at ? say("ends_later", { day: format.lastDay(ends_at) }) : say("ended"),
      say("goodbye"),
    ],
  }),
});

/** To a member whose membership was to end with its term, and now does not. */
export const membership_continues = template({
  data: z.object({ first_name: z.string() }),
  words: {
    subject: "A change to your account at {organization}",
    preheader: "We are glad that you are staying.",
    greeting: "Hi {first_name},",
    what_happened:
      "We told you that your membership was canceled. That has been undone: your membership continues as before.",
    goodbye: "We are glad that you are staying. If this is a mistake, please reply to this email.",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say }) => ({ blocks: [say("greeting"), say("what_happened"), say("goodbye")] }),
});

/** To a former member, whether they left or did not pay. `overdue`: they can still pay their late dues. */
export const membership_ended = template({
  data: z.object({ first_name: z.string(), ended_at: z.string(), overdue: z.boolean().default(false) }),
  link: "pay",
  words: {
    subject: "About your account at {organization}",
    preheader: "Thank you for being with us.",
    greeting: "Hi {first_name},",
    what_happened: "Your membership ended on {day}. Thank you for being with us.",
    come_back: "You keep your account. If you would like to come back, now or later, just choose what suits you.",
    button: "Come back",
    overdue:
      "We could not collect your dues. If you would like to come back, you can still pay them. As soon as they are paid, you are a member again.",
    overdue_button: "Pay my dues",
    too_much: "If the dues were too much for you, please talk to us. We will work something out.",
  },
  sample: { first_name: "Robin", ended_at: "2028-01-01T05:00:00.000Z" },
  compose: ({ ended_at, overdue }, { say, common, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened", { day: format.lastDay(ended_at) }),
      say(overdue ? "overdue" : "come_back"),
      ...signInButton(say(overdue ? "overdue_button" : "button"), links.membership(settings, token), common),
      say("too_much"),
    ],
  }),
});
