import * as z from "zod";
import { Notice } from "../http/page.ts";
import { pageOf } from "../http/pagination.ts";
import { Email, Instant, Line, Message, OptionalLine } from "../http/schemas.ts";
import { Branding } from "../organisation/organisation.ts";
import { AcceptedIds } from "../people/acceptances.ts";
import { LastName } from "../people/schemas.ts";
import { login_attempts, sessions } from "../tables/accounts.ts";
import { Me } from "./me.ts";
import { NewPassword } from "./password-rules.ts";

/** The token from Cloudflare's widget. Required only when TURNSTILE_SECRET is set. */
const TurnstileToken = z
  .string()
  .max(2048)
  .nullish()
  .describe("From Cloudflare Turnstile, if the platform uses it. Works once");

/** Ignores unknown fields: the old frontend's forms send more. */
export const Registration = z.object({
  first_name: Line(100).meta({ example: "Alex" }),
  last_name: LastName.default(""),
  email: Email,
  password: NewPassword,
  phone: OptionalLine(50).optional(),
  partner_first_name: OptionalLine(100).optional(),
  partner_last_name: OptionalLine(100).optional(),
  partner_is_member: z.boolean().nullish(),
  referred_by: OptionalLine(200).optional(),
  accepted_documents: AcceptedIds.optional().describe(
    "The ids of the rules in force that the applicant accepts: `GET /api/bylaws/current`",
  ),
  turnstile_token: TurnstileToken,
});
export type Registration = z.infer<typeof Registration>;

export const ResendVerification = z.strictObject({ email: Email });
export type ResendVerification = z.infer<typeof ResendVerification>;

const LinkToken = z.string().min(1).max(200);

export const LinkQuery = z.object({ token: LinkToken });
export const Link = z.strictObject({ token: LinkToken });
export type Link = z.infer<typeof Link>;

/** A confirmed address, and whether its owner must choose a password now. */
export const Verification = Notice.extend({
  password_needed: z
    .boolean()
    .describe(
      "The address was registered with different passwords, so none of them works. We emailed a link to choose a new one",
    ),
  reset_token: z
    .string()
    .nullable()
    .describe("If a password is needed: send this to auth/reset-password to choose it now"),
}).meta({ id: "Verification" });
export type Verification = z.infer<typeof Verification>;

export const ForgotPassword = z.strictObject({ email: Email, turnstile_token: TurnstileToken });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

/** The same for everyone who asks, known or not. */
export const LinkSent = Message.extend({ organisation: Branding }).meta({ id: "LinkSent" });
export type LinkSent = z.infer<typeof LinkSent>;

export const NewPasswordByLink = z.strictObject({ token: LinkToken, new_password: NewPassword });
export type NewPasswordByLink = z.infer<typeof NewPasswordByLink>;

/** A link that still works, and the words of the page that asks for the new password. */
export const ResetLink = Notice.extend({ token: z.string() }).meta({ id: "ResetLink" });
export type ResetLink = z.infer<typeof ResetLink>;

/** Opens the account of somebody whom volunteers entered, with a password that they choose. */
export const Activation = z.strictObject({ token: LinkToken, password: NewPassword });
export type Activation = z.infer<typeof Activation>;

/** A link that still works, and what the page that asks for the password says. */
export const ActivationLink = Notice.extend({ token: z.string() }).meta({ id: "ActivationLink" });
export type ActivationLink = z.infer<typeof ActivationLink>;

/** An existing password: it may be shorter than new ones must be, or longer when typed decomposed. */
const GivenPassword = z.string().min(1).max(1024).meta({ example: "a long enough passphrase" });
const HeldToken = z.string().min(1).max(2000);

export const Credentials = z.object({
  email: Email,
  password: GivenPassword,
  refresh_token: HeldToken.optional().describe(
    "Of a session that this device still has: other people's failures then do not lock it out. An access token in the Authorization header does the same.",
  ),
});
export type Credentials = z.infer<typeof Credentials>;

export const ChangePassword = z.strictObject({ current_password: GivenPassword, new_password: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ChangeEmail = z.strictObject({ new_email: Email });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

export const RefreshToken = z.strictObject({ refresh_token: HeldToken });
export type RefreshToken = z.infer<typeof RefreshToken>;

export const SignIn = z
  .object({
    mfa_required: z.literal(false),
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal("bearer"),
    expires_in: z.int().describe("Seconds until the access token expires"),
    user: Me,
  })
  .meta({ id: "SignIn" });
export type SignIn = z.infer<typeof SignIn>;

/** The answer to a right password when the account has a second factor. */
export const SecondFactorNeeded = z
  .object({
    mfa_required: z.literal(true),
    mfa_token: z.string().describe("For auth/mfa/sign-in, with a code"),
    expires_in: z.int().describe("Seconds until the token expires"),
  })
  .meta({ id: "SecondFactorNeeded" });
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>;

const DeviceName = z.string().meta({ example: "Firefox on Linux" });

/** One of my signed-in devices. */
export const Session = z
  .object({
    id: z.uuid(),
    device: DeviceName,
    current: z.boolean().describe("The device that is asking"),
    created_at: Instant,
    last_used_at: Instant.describe("Accurate to five minutes"),
    expires_at: Instant.describe("The latest end. It ends earlier after 7 days without use"),
  })
  .meta({ id: "Session" });
export const SessionPage = pageOf(Session).meta({ id: "SessionPage" });
export type SessionPage = z.infer<typeof SessionPage>;

/** The columns of {@link Session}. `device` is made from `user_agent`. */
export const sessionColumns = {
  id: sessions.id,
  user_agent: sessions.user_agent,
  created_at: sessions.created_at,
  last_used_at: sessions.last_used_at,
  expires_at: sessions.expires_at,
};

/** One attempt to sign in as me, or to prove again who I am. */
export const SignInAttempt = z
  .object({
    id: z.uuid(),
    created_at: Instant,
    purpose: z.enum(login_attempts.purpose.enumValues),
    outcome: z.enum(["succeeded", "failed", "unfinished"]).describe("unfinished: the second factor was never given"),
    device: DeviceName,
  })
  .meta({ id: "SignInAttempt" });
export const SignInAttemptPage = pageOf(SignInAttempt).meta({ id: "SignInAttemptPage" });
export type SignInAttemptPage = z.infer<typeof SignInAttemptPage>;

/** The columns of {@link SignInAttempt}. `outcome` is made from `succeeded`, `device` from `user_agent`. */
export const signInAttemptColumns = {
  id: login_attempts.id,
  created_at: login_attempts.created_at,
  purpose: login_attempts.purpose,
  succeeded: login_attempts.succeeded,
  user_agent: login_attempts.user_agent,
};
