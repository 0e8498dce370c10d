import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To an address that an account is to move to. Whose account it is stays unsaid: anybody may have typed the address. */
export const email_change_confirmation = template({
  data: z.object({}),
  link: "change_email",
  compose: (_, { settings, branding, token }) => ({
    subject: `Confirm your new e-mail address for ${branding.name}`,
    blocks: [
      paragraph("Hello,"),
      paragraph(
        "Someone, hopefully you, wants to use this address for their account. Please confirm that it is yours.",
      ),
      ...button("Confirm my new address", token && links.confirmEmail(settings, token)),
      paragraph(
        "The link works for 24 hours. If this was not you, there is nothing to do: without it nothing happens.",
      ),
    ],
  }),
});
