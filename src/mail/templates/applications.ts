import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, quote, signInButton, template } from "../letter.ts";

/**
 * Asks someone who registered to confirm their address. Repeats nothing that was typed, not even a name: anybody can
 * have it sent to anybody.
 */
export const verification = template({
  data: z.object({}),
  link: "verify_email",
  words: {
    subject: "Confirm your email address for {organization}",
    preheader: "One more step, if you applied.",
    greeting: "Hello,",
    what_happened:
      "Someone applied to {organization} with this email address. If that was you, thank you! Please confirm your address, so that our volunteers can look at your application.",
    button: "Confirm my address",
    by_when:
      "The link works for {lifetime}. If this was not you, please do not confirm. You can ignore this email, or open the link to tell us.",
  },
  sample: {},
  compose: (_, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.verifyEmail(settings, token)),
      say("by_when", { lifetime: format.lifetime("verify_email") }),
    ],
  }),
});

/**
 * To whoever confirmed an address that waited under more than one password. Repeats nothing that was typed: a stranger
 * may have typed it.
 */
export const password_needed = template({
  data: z.object({}),
  link: "reset_password",
  words: {
    subject: "Choose a password for {organization}",
    preheader: "Your address is confirmed. One more step is left.",
    greeting: "Hello,",
    what_happened:
      "Your email address is confirmed. It was used to apply more than once, and we cannot tell which password is yours. So none of them works. Please choose a new one.",
    button: "Choose a password",
    by_when: "The link works once, for {lifetime}. If you need another, open the link in our first email again.",
  },
  sample: {},
  compose: (_, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.resetPassword(settings, token)),
      say("by_when", { lifetime: format.lifetime("reset_password") }),
    ],
  }),
});

/**
 * To the owner of an address that someone tried to use for another account. The API must not reveal who has an account,
 * so only this mail says so.
 */
export const already_registered = template({
  data: z.object({ first_name: z.string() }),
  words: {
    subject: "Your account at {organization}",
    preheader: "You already have one, so nothing changed.",
    greeting: "Hi {first_name},",
    what_happened:
      "Someone just tried to use this email address for an account, or asked to confirm it again. You already have an account with this address, so we changed nothing.",
    what_to_do:
      "If this was you, please sign in to the account you have. If you do not know its password, ask for a new one there.",
    button: "Sign in",
    not_you: "If this was not you, you can ignore this email. We did not tell anyone that you have an account.",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      say("what_to_do"),
      ...signInButton(say("button"), links.signIn(settings), common),
      say("not_you"),
    ],
  }),
});

/** Tells an applicant that they were rejected, and why. */
export const rejection = template({
  data: z.object({ first_name: z.string(), reason: z.string() }),
  words: {
    subject: "About your application to {organization}",
    preheader: "We have made a decision.",
    greeting: "Hi {first_name},",
    what_happened:
      "Thank you for applying, and for the time you took. We are sorry to tell you that we cannot accept your application. Here is why:",
    what_to_do: "If you think we got something wrong, please reply to this email. We will look at it again.",
  },
  sample: { first_name: "Robin", reason: "We could not reach you." },
  compose: ({ reason }, { say }) => ({
    blocks: [say("greeting"), say("what_happened"), quote(reason), say("what_to_do")],
  }),
});

/** Tells somebody who was rejected that volunteers are looking at their application again. */
export const reconsidered = template({
  data: z.object({ first_name: z.string() }),
  words: {
    subject: "About your application to {organization}",
    preheader: "We are taking another look.",
    greeting: "Hi {first_name},",
    what_happened:
      "We are looking at your application to {organization} again. There is nothing you need to do. We will email you as soon as we have decided.",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say }) => ({ blocks: [say("greeting"), say("what_happened")] }),
});
