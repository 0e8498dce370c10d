import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To the owner of an address that someone tried to use again. The API does not tell who is known here, so the mail does. */
export const already_registered = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `Your account at ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(
        "Someone, perhaps you, just tried to use this email address for an account. You already have an account with it, so nothing was changed. Please sign in to that one.",
      ),
      ...button("Sign in", links.signIn(settings)),
      paragraph("If this was not you, you can ignore this email. We told nobody that we know this address."),
    ],
  }),
});
