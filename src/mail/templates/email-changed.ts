import * as z from "zod";
import { template } from "../letter.ts";

/** To the old address of an account: from now on we write to the new one. */
export const email_changed = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `The email address of your account at ${branding.name} was changed`,
    blocks: [
      `Hello ${first_name},`,
      "Your account now has a new email address. From now on, please sign in with the new one. This is the last email that we send to the old one.",
      "If this was not you, please let us know right away by replying to this email.",
    ],
  }),
});
