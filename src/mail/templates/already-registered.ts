import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/**
 * To the owner of an address that someone tried to use for another account. The API must not reveal who has an account,
 * so only this mail says so.
 */
export const already_registered = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `Your account at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, perhaps you, just tried to use this email address for an account. You already have an account with this address, so we changed nothing. Please sign in to the account you have.",
      ...button("Sign in", links.signIn(settings)),
      "If this was not you, you can ignore this email. We did not tell anyone that you have an account.",
    ],
  }),
});
