import * as z from "zod";
import { paragraph, template } from "../letter.ts";

/** To whoever owns the account: somebody signed in with a recovery code instead of the authenticator app. */
export const recovery_code_used = template({
  data: z.object({ first_name: z.string(), left: z.int() }),
  compose: ({ first_name, left }, { branding }) => ({
    subject: `A recovery code of your account at ${branding.name} was used`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph("Someone, hopefully you, just signed in to your account with one of its recovery codes."),
      paragraph(
        left === 0
          ? "It was the last one. Please get new ones now, or you will not get in without your authenticator app."
          : `You have ${left} left. If your authenticator app is gone, please set it up anew and get new recovery codes.`,
      ),
      paragraph("If this was not you, choose a new password at once, and get new recovery codes."),
    ],
  }),
});
