import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { moment } from "../../time/format.ts";
import { button, facts, template } from "../letter.ts";

/** To somebody who will be erased in seven days: until when they can change their mind, and what stays where. */
export const erasure_requested = template({
  data: z.object({
    first_name: z.string(),
    erase_at: z.string(),
    /** Whether a volunteer decided it, or they themselves. */
    by_volunteer: z.boolean(),
  }),
  compose: ({ first_name, erase_at, by_volunteer }, { settings, organisation }) => ({
    subject: `About your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      by_volunteer
        ? "A volunteer decided to delete your account, with everything we know about you. If you think that this is wrong, please reply to this email before the time below."
        : "You asked us to delete your account, with everything we know about you. Until the time below you can change your mind: sign in and take it back.",
      facts(["Deleted on", moment(erase_at, organisation.time_zone)]),
      ...button("Sign in", links.signIn(settings)),
      "When you are deleted, your membership ends and nothing more is collected. If you want a copy of your data, sign in and download it before then. Afterwards nobody can bring it back.",
      "Our books must show the money that we received. So we keep the amount, day, payment method and receipt number of what you paid or gave, and Stripe's reference numbers. We do not keep your name, your address or your messages with them.",
      "Some copies are not in our hands. Backups of our database are overwritten after at most 30 days. Stripe, which handles payments, deletes you as a customer and keeps the records of your payments that the law requires. The service that sends our emails keeps a log of them for a limited time.",
      by_volunteer
        ? "We are sorry to say goodbye."
        : "If this was not you, sign in now, take it back, and choose a new password.",
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
      `${by_volunteer ? "A volunteer decided that your account will not be deleted." : "You took back that you want your account to be deleted."} Everything stays as it is.`,
      ...button("Sign in", links.signIn(settings)),
      "If you did not expect this, please reply to this email.",
    ],
  }),
});
