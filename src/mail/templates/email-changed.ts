import * as z from "zod";
import { paragraph, template } from "../letter.ts";

/** To the address that an account had: from now on we write to another. */
export const email_changed = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { branding }) => ({
    subject: `Your account at ${branding.name} has another e-mail address now`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(
        "Your account has another e-mail address now. This is the last mail to this one: sign in with the new one from now on.",
      ),
      paragraph("If this was not you, please tell us at once by answering this mail."),
    ],
  }),
});
