import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { moment } from "../../time/format.ts";
import { button, facts, template } from "../letter.ts";

/** To somebody who will be erased in seven days: by when they can change their mind, and what stays where. */
export const erasure_requested = template({
  data: z.object({
    first_name: z.string(),
    erase_at: z.string(),
    /** Whether a volunteer asked for it, or the person. */
    by_volunteer: z.boolean(),
  }),
  compose: ({ first_name, erase_at, by_volunteer }, { settings, organisation }) => ({
    subject: `About your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      by_volunteer
        ? "A volunteer asked us to delete your account and everything we know about you. If you think this is a mistake, please reply to this email before the time below."
        : "You asked us to delete your account and everything we know about you. If you change your mind, sign in and take it back before the time below.",
      facts(["Will be deleted on", moment(erase_at, organisation.time_zone)]),
      ...button("Sign in", links.signIn(settings)),
      "When your account is deleted, your membership ends and we collect no more dues. If you want a copy of your data, sign in and download it before then. After that, we cannot bring it back.",
      "Our books must show the money that we received. So we keep the amount, date, payment method and receipt number of what you paid or gave, and Stripe's reference numbers. We delete your name, your address and your messages from those records.",
      "Some copies are out of our hands. Backups of our database are overwritten after at most 30 days. If you paid through Stripe, it deletes you as a customer but keeps the records of your payments that the law requires. The service that sends our emails keeps a log of them for a limited time.",
      ...(by_volunteer ? [] : ["If this was not you, sign in now, take it back, and choose a new password."]),
    ],
  }),
});

/** To somebody who was going to be erased, and stays. */
export const erasure_withdrawn = template({
  data: z.object({ first_name: z.string(), by_volunteer: z.boolean() }),
  compose: ({ first_name, by_volunteer }, { settings, organisation }) => ({
    subject: `About your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `${by_volunteer ? "A volunteer took back the request to delete your account." : "You took back your request to delete your account."} Everything stays as it is.`,
      ...button("Sign in", links.signIn(settings)),
      "If you did not expect this, please reply to this email.",
    ],
  }),
});
