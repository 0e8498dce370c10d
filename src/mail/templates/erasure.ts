import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { facts, signInButton, template } from "../letter.ts";

/** To somebody who will be erased in seven days: by when they can change their mind, and what stays where. */
export const erasure_requested = template({
  data: z.object({
    first_name: z.string(),
    erase_at: z.string(),
    /** Whether a volunteer asked for it, or the person. */
    by_volunteer: z.boolean(),
  }),
  words: {
    subject: "About your account at {organization}",
    preheader: "Please read this before your account is deleted.",
    greeting: "Hi {first_name},",
    by_volunteer:
      "A volunteer asked us to delete your account and everything we know about you. If you think this is a mistake, please reply to this email before the time below.",
    by_you:
      "You asked us to delete your account and everything we know about you. If you change your mind, sign in and take it back before the time below.",
    deleted_on: "Will be deleted on",
    button: "Sign in",
    consequences:
      "When your account is deleted, your membership ends and we collect no more dues. If you want a copy of your data, sign in and download it before then. After that, we cannot bring it back.",
    what_we_keep:
      "Our books must show the money that we received. So we keep the amount, date, payment method and receipt number of what you paid or gave, and Stripe's reference numbers. We delete your name, your address and your messages from those records.",
    what_others_keep:
      "Some copies are out of our hands. Backups of our database are overwritten after at most 30 days. If you paid through Stripe, it deletes you as a customer but keeps the records of your payments that the law requires. The service that sends our emails keeps a log of them for a limited time.",
    not_you: "If this was not you, sign in now, take it back, and choose a new password.",
  },
  sample: { first_name: "Robin", erase_at: "2027-03-08T18:30:00Z", by_volunteer: false },
  compose: ({ erase_at, by_volunteer }, { say, common, format, settings }) => ({
    blocks: [
      say("greeting"),
      say(by_volunteer ? "by_volunteer" : "by_you"),
      facts([say("deleted_on"), format.moment(erase_at)]),
      ...signInButton(say("button"), links.signIn(settings), common),
      say("consequences"),
      say("what_we_keep"),
      say("what_others_keep"),
      ...(by_volunteer ? [] : [say("not_you")]),
    ],
  }),
});

/** To somebody who was going to be erased, and stays. */
export const erasure_withdrawn = template({
  data: z.object({ first_name: z.string(), by_volunteer: z.boolean() }),
  words: {
    subject: "About your account at {organization}",
    preheader: "Everything stays as it is.",
    greeting: "Hi {first_name},",
    by_volunteer:
      "A volunteer took back the request to delete your account. Everything stays as it is, and there is nothing you need to do.",
    by_you:
      "You took back your request to delete your account. Everything stays as it is, and there is nothing you need to do.",
    objection: "If you did not expect this, please reply to this email.",
  },
  sample: { first_name: "Robin", by_volunteer: true },
  compose: ({ by_volunteer }, { say }) => ({
    blocks: [say("greeting"), say(by_volunteer ? "by_volunteer" : "by_you"), say("objection")],
  }),
});
