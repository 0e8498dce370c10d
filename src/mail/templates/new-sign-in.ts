import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { button, facts, moment, template } from "../letter.ts";

/** To the owner of an account: someone signed in from a new device or network. */
export const new_sign_in = template({
  data: z.object({ first_name: z.string(), device: z.string(), signed_in_at: z.string() }),
  compose: ({ first_name, device, signed_in_at }, { settings, branding }) => ({
    subject: `A new sign-in to your account at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, hopefully you, just signed in to your account from a device or a place that we have not seen before.",
      facts(["Device", device], ["When", moment(signed_in_at)]),
      "If this was you, there is nothing to do. If not, choose a new password right away: that signs out all devices.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});
