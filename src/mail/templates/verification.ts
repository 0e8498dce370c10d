import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/**
 * To whoever registered: prove that the address is yours. It repeats nothing that was typed, not even a name: anybody can
 * have it sent to anybody.
 */
export const verification = template({
  data: z.object({}),
  link: "verify_email",
  compose: (_, { settings, branding, token }) => ({
    subject: `Confirm your e-mail address for ${branding.name}`,
    blocks: [
      paragraph("Hello,"),
      paragraph(
        `Someone, hopefully you, used this address to apply at ${branding.name}. Please confirm that it is yours.`,
      ),
      ...button("Confirm my address", token && links.verifyEmail(settings, token)),
      paragraph("The link works for 7 days. If this was not you, there is nothing to do: without it nothing happens."),
    ],
  }),
});
