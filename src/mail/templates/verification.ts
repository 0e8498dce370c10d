import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/**
 * Asks someone who registered to confirm their address. Repeats nothing that was typed, not even a name: anybody can
 * have it sent to anybody.
 */
export const verification = template({
  data: z.object({}),
  link: "verify_email",
  compose: (_, { settings, branding, token }) => ({
    subject: `Confirm your email address for ${branding.name}`,
    blocks: [
      "Hello,",
      `Someone, hopefully you, applied to ${branding.name} with this email address. Please confirm that it is yours.`,
      ...button("Confirm my address", token && links.verifyEmail(settings, token)),
      `The link works for ${linkLifetimeInWords("verify_email")}. If this was not you, you can ignore this email: nothing happens unless you use the link.`,
    ],
  }),
});
