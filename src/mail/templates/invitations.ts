import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, quote, signInButton, template } from "../letter.ts";

/**
 * To an address that a volunteer invites. Does not name the volunteer: in a mistyped address, a stranger would learn that
 * they belong here. Whoever wants to be known signs the message.
 */
export const invitation = template({
  data: z.object({ message: z.string().nullable() }),
  link: "accept_invitation",
  words: {
    subject: "An invitation from {organization}",
    preheader: "You are invited. Here is how to join.",
    greeting: "Hello,",
    what_happened: "You are invited to join {organization}. We would love to have you!",
    what_to_do: "To accept, follow the link, tell us your name, and choose a password.",
    button: "Accept the invitation",
    by_when:
      "The link works for {lifetime}. If you did not expect this, you can ignore this email. There will be no account unless you accept.",
  },
  sample: { message: "Come and join us.\nRobin" },
  compose: ({ message }, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...(message ? [quote(message)] : []),
      say("what_to_do"),
      ...button(say("button"), token && links.acceptInvitation(settings, token)),
      say("by_when", { lifetime: format.lifetime("accept_invitation") }),
    ],
  }),
});

/** To the owner of an account whom a volunteer invites. The volunteer does not learn that there is one. */
export const invitation_to_owner = template({
  data: z.object({ first_name: z.string() }),
  words: {
    subject: "An invitation from {organization}",
    preheader: "You already have an account. Just sign in.",
    greeting: "Hi {first_name},",
    what_happened:
      "A volunteer at {organization} invited this email address. You already have an account with it, so there is nothing to accept. Just sign in.",
    button: "Sign in",
    discretion: "We did not tell the volunteer that you have an account.",
  },
  sample: { first_name: "Robin" },
  compose: (_, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      ...signInButton(say("button"), links.signIn(settings), common),
      say("discretion"),
    ],
  }),
});

/**
 * Asks a member whether they know an applicant. Names the applicant: without the name nobody could answer. It does not say that
 * the applicant named the member: a volunteer read that out of a line of free text.
 */
export const vouching = template({
  data: z.object({ first_name: z.string(), applicant_name: z.string() }),
  link: "vouch",
  words: {
    subject: "A question from {organization}",
    preheader: "We would like to ask you something.",
    greeting: "Hi {first_name},",
    what_happened:
      "{applicant_name} applied to {organization} and wrote down who knows them. We think that they mean you. Do you know them?",
    what_to_do:
      "Say yes if you have met them and would be glad to see them here. The volunteers who look after applications see your answer. If the applicant downloads the data that we keep about them, it includes the answer but not your name. Please do not tell anyone that they applied.",
    button: "Answer",
    by_when: "The link works for {lifetime}. If you would rather not say, you can ignore this email.",
  },
  sample: { first_name: "Robin", applicant_name: "Alex Example" },
  compose: ({ applicant_name }, { say, format, settings, token }) => ({
    blocks: [
      say("greeting"),
      say("what_happened", { applicant_name }),
      say("what_to_do"),
      ...button(say("button"), token && links.vouch(settings, token)),
      say("by_when", { lifetime: format.lifetime("vouch") }),
    ],
  }),
});
