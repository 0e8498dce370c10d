import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/** To the new address of an account. Does not say whose account it is: anybody could have typed the address. */
export const email_change_confirmation = template({
  data: z.object({}),
  link: "change_email",
  compose: (_, { settings, branding, token }) => ({
    subject: `Confirm your new email address for ${branding.name}`,
    blocks: [
      "Hello,",
      "Someone, hopefully you, wants to use this email address for their account. Please confirm that it is yours.",
      ...button("Confirm my new address", token && links.confirmEmail(settings, token)),
      `The link works for ${linkLifetimeInWords("change_email")}. If this was not you, you can ignore this email: nothing happens unless you use the link.`,
    ],
  }),
});
