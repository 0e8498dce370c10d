import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, template } from "../letter.ts";

/** To the present address of an account: someone asked to change it. */
export const email_change_requested = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, branding }) => ({
    subject: `A new email address for your account at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone who is signed in to your account, hopefully you, asked to use another email address for it. It changes as soon as the new address is confirmed.",
      "If this was not you, choose a new password right away: that stops the change and signs out all devices.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});
