import * as z from "zod";
import { template } from "../letter.ts";

const WHAT_HAPPENED = {
  enabled:
    "Your account now has a second factor: signing in asks for a code from your authenticator app. All other devices were signed out. Please keep your recovery codes where you can find them without your phone.",
  disabled: "The second factor of your account was removed. From now on, you sign in with your password alone.",
  recovery_codes_renewed: "Your account got new recovery codes. The old ones no longer work.",
  reset:
    "The second factor of your account was removed by the people who run the platform, and all devices were signed out. You can now sign in with your password alone. Please set up a second factor again.",
};

/** To the owner of an account: they, or someone else, changed how they sign in. */
export const second_factor_changed = template({
  data: z.object({
    first_name: z.string(),
    change: z.enum(["enabled", "disabled", "recovery_codes_renewed", "reset"]),
  }),
  compose: ({ first_name, change }, { branding }) => ({
    subject: `The second factor of your account at ${branding.name}`,
    blocks: [
      `Hello ${first_name},`,
      WHAT_HAPPENED[change],
      "If you did not expect this, choose a new password right away, and reply to this email.",
    ],
  }),
});
