import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import type { Organisation } from "../../organisation/organisation.ts";
import { button, signInButton, template } from "../letter.ts";
import type { Say } from "../words.ts";

const ToOwner = z.object({ first_name: z.string() });

const OBJECT = {
  object_by_mail: "If you did not ask for this, please tell us right away: write to {contact_email}.",
  object_by_reply: "If you did not ask for this, please tell us right away: reply to this email.",
} as const;

/** How to object. Not every organization has an address for questions. */
const objection = ({ contact_email }: Organisation, say: Say<typeof OBJECT>) =>
  contact_email ? say("object_by_mail", { contact_email }) : say("object_by_reply");

/**
 * To the new address of an account, or to its own after mails to it came back. Does not say whose account it is: anybody
 * could have typed the address.
 */
export const email_change_confirmation = template({
  data: z.object({}),
  link: "change_email",
  words: {
    subject: "Confirm your email address for {organization}",
    preheader: "One more step, if you asked for this.",
    greeting: "Hello,",
    what_happened:
      "Someone asked us to use this email address for their account. If that was you, please confirm that it is yours.",
    button: "Confirm my address",
    by_when:
      "The link works for {lifetime}. If this was not you, you can ignore this email. Nothing changes unless you use the link.",
  },
  sample: {},
  compose: (_, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...button(say("button"), token && links.confirmEmail(settings, token)),
      say("by_when", { lifetime: format.lifetime("change_email") }),
    ],
  }),
});

/** To the present address of an account: someone asked to change it. */
export const email_change_requested = template({
  data: ToOwner,
  words: {
    subject: "A new email address for your account at {organization}",
    preheader: "If you asked for this, there is nothing to do here.",
    greeting: "Hi {first_name},",
    what_happened:
      "Someone who is signed in to your account asked to use another email address for it. If that was you, open the email that we sent to the new address. Your account changes once you confirm it.",
    what_to_do:
      "If this was not you, choose a new password right away. That stops the change and signs out every device.",
    button: "Choose a new password",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
    ],
  }),
});

/** To the current address of an account: a volunteer entered another one. */
export const email_change_by_volunteer = template({
  data: ToOwner,
  words: {
    subject: "A new email address for your account at {organization}",
    preheader: "If you asked for this, there is nothing to do here.",
    greeting: "Hi {first_name},",
    what_happened:
      "A volunteer at {organization} entered another email address for your account. It changes as soon as somebody confirms the new address.",
    what_to_do: "If you did not expect this, choose a new password right away. That stops the change.",
    button: "Choose a new password",
    ...OBJECT,
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, common, settings, organisation }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
      objection(organisation, say),
    ],
  }),
});

/** To the old address of an account: from now on we write to the new one. */
export const email_changed = template({
  data: ToOwner,
  words: {
    subject: "The email address of your account at {organization} was changed",
    preheader: "From now on, we write to your new address.",
    greeting: "Hi {first_name},",
    what_happened:
      "Your account now has a new email address. From now on, please sign in with that one. This is the last email that we send to the old address.",
    ...OBJECT,
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, organisation }) => ({
    blocks: [say("greeting"), say("what_happened"), objection(organisation, say)],
  }),
});
