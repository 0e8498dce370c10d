import * as z from "zod";
import { template } from "../letter.ts";

/** To the owner of an account: someone signed in with a recovery code instead of the authenticator app. */
export const recovery_code_used = template({
  data: z.object({ first_name: z.string(), left: z.int() }),
  compose: ({ first_name, left }, { branding }) => ({
    subject: `Someone used a recovery code for your account at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, hopefully you, just signed in to your account with one of its recovery codes.",
      left === 0
        ? "That was your last one. Please get new codes now. Without them, you cannot sign in if you lose your authenticator app."
        : `You have ${left} left. If you lost your authenticator app, please set it up again and get new recovery codes.`,
      "If this was not you, choose a new password right away, and get new recovery codes.",
    ],
  }),
});
