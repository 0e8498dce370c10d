import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/** To the owner of an account whose password was forgotten. */
export const password_reset = template({
  data: z.object({ first_name: z.string() }),
  link: "reset_password",
  compose: ({ first_name }, { settings, branding, token }) => ({
    subject: `Choose a new password for ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, hopefully you, asked for a new password for your account.",
      ...button("Choose a new password", token && links.resetPassword(settings, token)),
      `The link works once, for ${linkLifetimeInWords("reset_password")}. If this was not you, you can ignore this email: your password stays the same.`,
    ],
  }),
});
