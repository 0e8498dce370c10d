import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To a known address that was used to register again: the API's answer must not tell, so the mail does. */
export const already_registered = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `Your account at ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(
        "Someone, perhaps you, just tried to use this address for an account. You have one with it already, so nothing was changed: please sign in with that.",
      ),
      ...button("Sign in", links.signIn(settings)),
      paragraph("If this was not you, there is nothing to do. Nobody was told that this address is known to us."),
    ],
  }),
});
