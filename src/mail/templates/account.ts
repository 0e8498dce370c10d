import * as z from "zod";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { links } from "../../http/frontend-links.ts";
import { moment } from "../../time/format.ts";
import { button, facts, template } from "../letter.ts";

/** To the owner of an account: someone signed in from a new device or network. */
export const new_sign_in = template({
  data: z.object({ first_name: z.string(), device: z.string(), signed_in_at: z.string() }),
  compose: ({ first_name, device, signed_in_at }, { settings, organisation }) => ({
    subject: `A new sign-in to your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, hopefully you, just signed in to your account from a device or a place that we have not seen before.",
      facts(["Device", device], ["When", moment(signed_in_at, organisation.time_zone)]),
      "If this was you, there is nothing to do. If not, choose a new password right away: that signs out all devices.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});

/**
 * To an address that a volunteer typed for somebody without an account. Repeats nothing that was typed, not even a name: the
 * address may be a stranger's.
 */
export const activation = template({
  data: z.object({}),
  link: "activate",
  compose: (_, { settings, organisation, token }) => ({
    subject: `Open your account at ${organisation.name}`,
    blocks: [
      "Hello,",
      `${organisation.name} has a record with this email address. If it is yours, open your account to see what we keep about you and to keep it up to date.`,
      ...button("Open my account", token && links.activate(settings, token)),
      `The link works once, for ${linkLifetimeInWords("activate")}. If this is not meant for you, you can ignore this email.`,
    ],
  }),
});

/** To the owner of an account whose password was forgotten. */
export const password_reset = template({
  data: z.object({ first_name: z.string() }),
  link: "reset_password",
  compose: ({ first_name }, { settings, organisation, token }) => ({
    subject: `Choose a new password for ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone, hopefully you, asked for a new password for your account.",
      ...button("Choose a new password", token && links.resetPassword(settings, token)),
      `The link works once, for ${linkLifetimeInWords("reset_password")}. If this was not you, you can ignore this email: your password stays the same.`,
    ],
  }),
});

/** To the owner of an account: its password was changed. */
export const password_changed = template({
  data: z.object({ first_name: z.string(), changed_at: z.string() }),
  compose: ({ first_name, changed_at }, { settings, organisation }) => ({
    subject: `Your password for ${organisation.name} was changed`,
    blocks: [
      `Hello ${first_name},`,
      "The password of your account was changed. Other devices were signed out.",
      facts(["When", moment(changed_at, organisation.time_zone)]),
      "If this was not you, choose a new password right away and let us know.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});

/** To the new address of an account. Does not say whose account it is: anybody could have typed the address. */
export const email_change_confirmation = template({
  data: z.object({}),
  link: "change_email",
  compose: (_, { settings, organisation, token }) => ({
    subject: `Confirm your new email address for ${organisation.name}`,
    blocks: [
      "Hello,",
      "Someone, hopefully you, wants to use this email address for their account. Please confirm that it is yours.",
      ...button("Confirm my new address", token && links.confirmEmail(settings, token)),
      `The link works for ${linkLifetimeInWords("change_email")}. If this was not you, you can ignore this email: nothing happens unless you use the link.`,
    ],
  }),
});

/** To the present address of an account: someone asked to change it. */
export const email_change_requested = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `A new email address for your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      "Someone who is signed in to your account, hopefully you, asked to use another email address for it. It changes as soon as the new address is confirmed.",
      "If this was not you, choose a new password right away: that stops the change and signs out all devices.",
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});

/** To the current address of an account: a volunteer entered another one. */
export const email_change_by_volunteer = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { settings, organisation }) => ({
    subject: `A new email address for your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      `A volunteer of ${organisation.name} entered another email address for your account. It changes as soon as the new address is confirmed.`,
      `If you did not ask for this, choose a new password right away: that stops the change. Then please tell us right away: ${organisation.contact_email ? `write to ${organisation.contact_email}` : "reply to this email"}.`,
      ...button("Choose a new password", links.forgotPassword(settings)),
    ],
  }),
});

/** To the old address of an account: from now on we write to the new one. */
export const email_changed = template({
  data: z.object({ first_name: z.string() }),
  compose: ({ first_name }, { organisation }) => ({
    subject: `The email address of your account at ${organisation.name} was changed`,
    blocks: [
      `Hello ${first_name},`,
      "Your account now has a new email address. From now on, please sign in with the new one. This is the last email that we send to the old one.",
      `If this was not you, please tell us right away: ${organisation.contact_email ? `write to ${organisation.contact_email}` : "reply to this email"}.`,
    ],
  }),
});

/** To the owner of an account: someone signed in with a recovery code instead of the authenticator app. */
export const recovery_code_used = template({
  data: z.object({ first_name: z.string(), left: z.int() }),
  compose: ({ first_name, left }, { organisation }) => ({
    subject: `Someone used a recovery code for your account at ${organisation.name}`,
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
  compose: ({ first_name, change }, { organisation }) => ({
    subject: `The second factor of your account at ${organisation.name}`,
    blocks: [
      `Hello ${first_name},`,
      WHAT_HAPPENED[change],
      "If you did not expect this, choose a new password right away, and reply to this email.",
    ],
  }),
});
