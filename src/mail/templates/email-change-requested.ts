import * as z from "zod";
import { links } from "../../http/links.ts";
import { button, paragraph, template } from "../letter.ts";

/** To the address that an account has: it may get another. */
export const email_change_requested = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `Your account at ${branding.name} is to get another e-mail address`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(
        "Someone who is signed in to your account, hopefully you, asked to use another e-mail address for it. It changes once the new address is confirmed.",
      ),
      paragraph("If this was not you, choose a new password at once: that stops the change and ends all sessions."),
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});
