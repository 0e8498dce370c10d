import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import { signInButton, template } from "../letter.ts";

/** To the owner of an account: someone signed in with a recovery code instead of the authenticator app. */
export const recovery_code_used = template({
  data: z.object({ first_name: z.string(), left: z.int() }),
  words: {
    subject: "Someone used a recovery code for your account at {organization}",
    preheader: "If this was you, check how many codes you have left.",
    greeting: "Hi {first_name},",
    what_happened: "Someone just signed in to your account with one of its recovery codes.",
    some_left:
      "You have {left} left. If you lost your authenticator app, please set it up again and get new recovery codes.",
    none_left:
      "That was your last one. Please get new codes now. Without them, you cannot sign in if you lose your authenticator app.",
    what_to_do: "If this was not you, choose a new password right away, and get new recovery codes.",
    button: "Choose a new password",
  },
  sample: { first_name: "Robin", left: 7 },
  compose: ({ left }, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say("what_happened"),
      left === 0 ? say("none_left") : say("some_left", { left: String(left) }),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
    ],
  }),
});

/** To the owner of an account: they, or someone else, changed how they sign in. */
export const second_factor_changed = template({
  data: z.object({
    first_name: z.string(),
    change: z.enum(["enabled", "disabled", "recovery_codes_renewed", "reset"]),
  }),
  words: {
    subject: "The second factor of your account at {organization}",
    preheader: "How you sign in has changed.",
    greeting: "Hi {first_name},",
    enabled:
      "Your account now has a second factor: when you sign in, we ask for a code from your authenticator app. All other devices were signed out. Please keep your recovery codes where you can find them without your phone.",
    disabled: "The second factor of your account was removed. From now on, you sign in with your password alone.",
    recovery_codes_renewed:
      "Your account has new recovery codes, and the old ones no longer work. Please keep the new ones in a safe place.",
    reset:
      "The second factor of your account was removed by the people who run the platform, and all devices were signed out. You can now sign in with your password alone. Please set up a second factor again.",
    what_to_do: "If you did not expect this, choose a new password right away, and reply to this email.",
    button: "Choose a new password",
  },
  sample: { first_name: "Robin", change: "enabled" },
  compose: ({ change }, { say, common, settings }) => ({
    blocks: [
      say("greeting"),
      say(change),
      say("what_to_do"),
      ...signInButton(say("button"), links.forgotPassword(settings), common),
    ],
  }),
});
