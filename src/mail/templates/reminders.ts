import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, signInButton, template } from "../letter.ts";

/** Asks once more to confirm an address. Repeats nothing that was typed: the mailbox may be a stranger's. */
export const verification_reminder = template({
  data: z.object({ expires_at: z.string() }),
  link: "verify_email",
  words: {
    subject: "Please confirm your email address for {organization}",
    preheader: "One step is left, if you applied.",
    greeting: "Hello,",
    what_happened:
      "Someone applied to {organization} with this email address and has not confirmed it yet. If that was you, please confirm it, so that our volunteers can look at your application.",
    button: "Confirm my address",
    by_when:
      "The link works until {day}. If this was not you, please do not confirm. You can ignore this email, or open the link to tell us. We will not remind you again.",
  },
  sample: { expires_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ expires_at }, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.verifyEmail(settings, token)),
      say("by_when", { day: format.day(expires_at) }),
    ],
  }),
});

/** To volunteers who may approve applications, while some have waited long. Names nobody. */
export const applications_overdue = template({
  data: z.object({ first_name: z.string(), waiting: z.int() }),
  words: {
    subject: "{organization}: people are still waiting",
    preheader: "Please take a look this week.",
    greeting: "Hi {first_name},",
    one_waits: "1 application has waited for more than 7 days. Please decide on it this week.",
    several_wait: "{waiting} applications have waited for more than 7 days. Please decide on them this week.",
    button: "Review applications",
    how_often: "You get this email at most once a week, and only while somebody has waited that long.",
  },
  sample: { first_name: "Robin", waiting: 3 },
  compose: ({ waiting }, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      waiting === 1 ? say("one_waits") : say("several_wait", { waiting: String(waiting) }),
      ...signInButton(say("button"), links.waitingApplicants(settings), common),
      say("how_often"),
    ],
  }),
});

/** To somebody who was approved and has not paid yet, or who was a member and is coming back. */
export const payment_reminder = template({
  data: z.object({ first_name: z.string(), was_member: z.boolean().default(false) }),
  link: "pay",
  words: {
    subject: "Your {organization} dues",
    preheader: "One step is left.",
    greeting: "Hi {first_name},",
    what_happened:
      "Your application was approved, and one step is left: your membership begins when you pay your dues.",
    what_happened_again:
      "We would love to have you back! One step is left: once you pay your dues, you are a member again.",
    what_to_do: "Please choose the plan that suits you, and pay.",
    button: "Choose and pay",
    too_much:
      "If you would rather pay another way, or if the dues are too much for you, please talk to us. We will work something out.",
  },
  sample: { first_name: "Robin" },
  compose: ({ was_member }, { say, common, settings, token }) => ({
    blocks: [
      say("greeting"),
      say(was_member ? "what_happened_again" : "what_happened"),
      say("what_to_do"),
      ...signInButton(say("button"), links.membership(settings, token), common),
      say("too_much"),
    ],
  }),
});

/** To a member whose term is over and not paid for. Cents. */
export const past_due_reminder = template({
  data: z.object({
    first_name: z.string(),
    amount_cents: z.int(),
    active_until: z.string(),
    /** Whether a bank took the dues back. If so, there may be nothing to pay online. */
    taken_back: z.boolean().default(false),
  }),
  link: "pay",
  words: {
    subject: "About your {organization} dues",
    preheader: "Please take a look when you can.",
    greeting: "Hi {first_name},",
    what_happened: "Your dues are past due. You are still a member, and you stay one if you pay by {day}.",
    what_happened_free:
      "Your term has ended. You are still a member, and you stay one if you renew it by {day}. There is nothing to pay.",
    what_happened_taken_back:
      "Your bank took back your dues, so they are past due. You are still a member, and you stay one if you pay by {day}.",
    what_to_do: "You can pay online.",
    what_to_do_taken_back: "You can pay online. If that does not work, please talk to us.",
    what_to_do_free: "You can renew online, or talk to us.",
    button: "Pay my dues",
    button_free: "Renew my membership",
    already_paid: "If you have just paid, thank you! You can ignore this email.",
    too_much: "If the dues are too much for you, please talk to us. We will work something out.",
  },
  sample: { first_name: "Robin", amount_cents: 6000, active_until: "2027-03-02T05:00:00.000Z" },
  compose: ({ amount_cents, active_until, taken_back }, { say, common, format, settings, token }) => {
    const day = format.lastDay(active_until);
    if (amount_cents === 0)
      return {
        blocks: [
          say("greeting"),
          say("what_happened_free", { day }),
          say("what_to_do_free"),
          ...signInButton(say("button_free"), links.membership(settings, token), common),
        ],
      };
    const blocks = [
      say("greeting"),
      say(taken_back ? "what_happened_taken_back" : "what_happened", { day }),
      facts([common("amount_due"), format.money(amount_cents)]),
      say(taken_back ? "what_to_do_taken_back" : "what_to_do"),
      ...signInButton(say("button"), links.membership(settings, token), common),
      say("already_paid"),
      say("too_much"),
    ];
    return { blocks };
  },
});
