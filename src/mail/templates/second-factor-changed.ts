import * as z from "zod";
import { paragraph, template } from "../letter.ts";

const WHAT_HAPPENED = {
  enabled:
    "Your account now has a second factor: signing in asks for a code of your authenticator app. All other devices were signed out. Please keep your recovery codes where you will find them without your phone.",
  disabled: "The second factor of your account was removed: signing in asks for your password alone.",
  recovery_codes_renewed: "Your account got new recovery codes. Those that you had before do not work any more.",
  reset:
    "The second factor of your account was removed by those who look after the platform, and all devices were signed out. Signing in asks for your password alone; please set up a second factor again.",
};

/** To whoever owns the account: how they sign in was changed, by them or by somebody else. */
export const second_factor_changed = template({
  data: z.object({
    first_name: z.string(),
    change: z.enum(["enabled", "disabled", "recovery_codes_renewed", "reset"]),
  }),
  compose: ({ first_name, change }, { branding }) => ({
    subject: `The second factor of your account at ${branding.name}`,
    blocks: [
      paragraph(`Hello ${first_name},`),
      paragraph(WHAT_HAPPENED[change]),
      paragraph("If you did not expect this, choose a new password at once, and answer this mail."),
    ],
  }),
});
