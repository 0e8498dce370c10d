import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To whoever owns an account whose password was forgotten. */
export const password_reset = template({
  data: z.object({ first_name: z.string() }),
  link: "reset_password",
  compose: ({ first_name }, { settings, branding, token }) => ({
    subject: `Choose a new password for ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("Someone, hopefully you, asked for a new password for your account."),
      ...button("Choose a new password", token && links.resetPassword(settings, token)),
      paragraph(
        "The link works once, for one hour. If this was not you, there is nothing to do: your password stays as it is.",
      ),
    ],
  }),
});
