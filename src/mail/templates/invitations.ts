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
      `You are invited to join ${organisation.name}.`,
      ...(message ? [quote(message)] : []),
      "To accept, follow the link, tell us your name and choose a password.",
      ...button("Accept the invitation", token && links.acceptInvitation(settings, token)),
      `The link works for ${linkLifetimeInWords("accept_invitation")}. If you did not expect this, you can ignore this email: there will be no account unless you accept.`,
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
      `A volunteer at ${organisation.name} invited this email address. You already have an account with it, so there is nothing to accept. Just sign in.`,
      ...button("Sign in", links.signIn(settings)),
      "We did not tell the volunteer that you have an account.",
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
  compose: ({ first_name, applicant_name }, { settings, organisation, token }) => ({
    subject: `A question from ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `${applicant_name} applied to ${organisation.name} and wrote down who knows them. We think that they mean you. Do you know them?`,
      "Say yes if you have met them and would be glad to see them here. Volunteers who look after applications see your answer. If the applicant downloads the data that we keep about them, it includes the answer but not your name. Please do not tell anyone that they applied.",
      ...button("Answer", token && links.vouch(settings, token)),
      `The link works for ${linkLifetimeInWords("vouch")}. If you would rather not say, you can ignore this email.`,
    ],
  }),
});
