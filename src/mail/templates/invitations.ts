import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { button, quote, template } from "../letter.ts";

/**
 * To an address that a volunteer invites. Does not name the volunteer: in a mistyped address, a stranger would learn that
 * they belong here. Whoever wants to be known signs the message.
 */
export const invitation = template({
  data: z.object({ message: z.string().nullable() }),
  link: "accept_invitation",
  compose: ({ message }, { settings, organisation, token }) => ({
    subject: `An invitation from ${organisation.name}`,
    blocks: [
      "Hello,",
      `You are invited to ${organisation.name}.`,
      ...(message ? [quote(message)] : []),
      "To accept, open the link, tell us your name and choose a password.",
      ...button("Accept the invitation", token && links.acceptInvitation(settings, token)),
      `The link works for ${linkLifetimeInWords("accept_invitation")}. If you did not expect this, you can ignore this email: without you, no account is made.`,
    ],
  }),
});

/** To the owner of an account whom a volunteer invites. The volunteer does not learn that there is one. */
export const invitation_to_owner = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `An invitation from ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `Somebody at ${organisation.name} invited this email address. You already have an account with it, so there is nothing to accept: please just sign in.`,
      ...button("Sign in", links.signIn(settings)),
      "We did not tell them that you have an account.",
    ],
  }),
});

/** Asks a member whether they know an applicant who named them. Names the applicant: without the name nobody could answer. */
export const vouching = template({
  data: z.object({ first_name: z.string(), applicant_name: z.string() }),
  link: "vouch",
  compose: ({ first_name, applicant_name }, { settings, organisation, token }) => ({
    subject: `A question from ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `${applicant_name} applied to ${organisation.name} and says that you know them. Do you?`,
      "It is enough that you have met them and would be glad to see them here. We do not tell them what you answer. Please keep to yourself that they applied.",
      ...button("Answer", token && links.vouch(settings, token)),
      `The link works for ${linkLifetimeInWords("vouch")}. If you would rather not say, you can ignore this email.`,
    ],
  }),
});
