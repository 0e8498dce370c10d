import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, moment, template } from "../letter.ts";

/** To the owner of an account: its password was changed. */
export const password_changed = template({
  data: z.object({ first_name: z.string(), changed_at: z.string() }),
  compose: ({ first_name, changed_at }, { settings, branding }) => ({
    subject: `Your password for ${branding.name} was changed`,
    blocks: [
      `Hello ${first_name},`,
      "The password of your account was changed. Other devices were signed out.",
      facts(["When", moment(changed_at)]),
      "If this was not you, choose a new password right away and let us know.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});
