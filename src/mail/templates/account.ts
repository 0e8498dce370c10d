import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, signInButton, template } from "../letter.ts";

/** To the owner of an account: someone signed in from a new device or network. */
export const new_sign_in = template({
  data: z.object({ first_name: z.string(), device: z.string(), signed_in_at: z.string() }),
  words: {
    subject: "A new sign-in to your account at {organization}",
    preheader: "If this was you, there is nothing to do.",
    greeting: "Hi {first_name},",
    what_happened: "Someone just signed in to your account from a device or place we have not seen before.",
    what_to_do:
      "If this was you, there is nothing to do. If it was not, choose a new password right away. That signs out every device.",
    button: "Choose a new password",
  },
  sample: { first_name: "Robin", device: "Firefox on Linux", signed_in_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ device, signed_in_at }, { say, common, format, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([common("device"), device], [common("when"), format.moment(signed_in_at)]),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
    ],
  }),
});

/**
 * To an address that a volunteer typed for somebody without an account. Repeats nothing that was typed, not even a name: the
 * address may be a stranger's.
 */
export const activation = template({
  data: z.object({}),
  link: "activate",
  words: {
    subject: "Open your account at {organization}",
    preheader: "Choose a password to see your account and keep it up to date.",
    greeting: "Hello,",
    what_happened:
      "{organization} has a record with this email address. If it is yours, open your account to see what we know about you and to keep it up to date. All you need to do is choose a password.",
    button: "Open my account",
    by_when: "The link works once, for {lifetime}. If this is not meant for you, you can ignore this email.",
  },
  sample: {},
  compose: (_, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.activate(settings, token)),
      say("by_when", { lifetime: format.lifetime("activate") }),
    ],
  }),
});

/** To the owner of an account whose password was forgotten. */
export const password_reset = template({
  data: z.object({ first_name: z.string() }),
  link: "reset_password",
  words: {
    subject: "Choose a new password for {organization}",
    preheader: "Use the link soon: it works only for a short time.",
    greeting: "Hi {first_name},",
    what_happened: "Someone asked for a new password for your account. If that was you, choose one here:",
    button: "Choose a new password",
    by_when:
      "The link works once, for {lifetime}. If you did not ask for it, you can ignore this email. Your password stays the same.",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.resetPassword(settings, token)),
      say("by_when", { lifetime: format.lifetime("reset_password") }),
    ],
  }),
});

/** To the owner of an account: its password was changed. */
export const password_changed = template({
  data: z.object({ first_name: z.string(), changed_at: z.string() }),
  words: {
    subject: "Your password for {organization} was changed",
    preheader: "If you changed it, there is nothing to do.",
    greeting: "Hi {first_name},",
    what_happened: "The password for your account was changed. Other devices were signed out.",
    what_to_do:
      "If this was you, there is nothing to do. If it was not, choose a new password right away and let us know.",
    button: "Choose a new password",
  },
  sample: { first_name: "Robin", changed_at: "2027-03-01T23:30:00.000Z" },
  compose: ({ changed_at }, { say, common, format, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      facts([common("when"), format.moment(changed_at)]),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
    ],
  }),
});
