import * as z from "zod";
import { ALL_PERMISSIONS } from "../access/permissions.ts";
import { Notice } from "../http/page.ts";
import { pageOf } from "../http/pagination.ts";
import { Email, Instant, Line } from "../http/schemas.ts";
import { UserRole, UserStatus } from "../members/schemas.ts";
import { login_attempts } from "./tables.ts";

/** Characters as people count them, not UTF-16 units. */
const hasCharacters = (least: number, most: number) => (text: string) => {
  const { length } = [...text];
  return length >= least && length <= most;
};

const WRONG_LENGTH = "must have 8 to 256 characters";

/** As it is hashed: composed (NFC), so that the same characters match however a keyboard makes them. Any characters do. */
export const NewPassword = z
  .string()
  .max(1024, WRONG_LENGTH)
  .transform((password) => password.normalize("NFC"))
  .pipe(
    z
      .string()
      .refine(hasCharacters(8, 256), WRONG_LENGTH)
      .regex(/^\P{Cs}*$/u, "must be made of whole characters")
      .meta({ minLength: 8, maxLength: 256, example: "a long enough passphrase" }),
  );

/** A line that may be left out; a form's empty field counts as left out. */
const optionalLine = (max: number) =>
  z
    .string()
    .trim()
    .transform((text) => text || null)
    .pipe(Line(max).nullable())
    .nullish();

/** What Cloudflare's widget gives a browser; only asked for where TURNSTILE_SECRET is set. */
const TurnstileToken = z
  .string()
  .max(2048)
  .nullish()
  .describe("From Cloudflare Turnstile, where it is in use. Counts once");

/** Unknown fields are ignored: forms of the old frontend send more. */
export const Registration = z.object({
  first_name: Line(100).meta({ example: "Alex" }),
  last_name: Line(100).meta({ example: "Example" }),
  email: Email,
  password: NewPassword,
  phone: optionalLine(50),
  partner_first_name: optionalLine(100),
  partner_last_name: optionalLine(100),
  partner_is_member: z.boolean().nullish(),
  referred_by: optionalLine(200),
  turnstile_token: TurnstileToken,
});
export type Registration = z.infer<typeof Registration>;

export const ResendVerification = z.strictObject({ email: Email });
export type ResendVerification = z.infer<typeof ResendVerification>;

const LinkToken = z.string().min(1).max(200);

export const LinkQuery = z.object({ token: LinkToken });
export const Link = z.strictObject({ token: LinkToken });
export type Link = z.infer<typeof Link>;

export const ForgotPassword = z.strictObject({ email: Email, turnstile_token: TurnstileToken });
export type ForgotPassword = z.infer<typeof ForgotPassword>;

export const NewPasswordByLink = z.strictObject({ token: LinkToken, new_password: NewPassword });
export type NewPasswordByLink = z.infer<typeof NewPasswordByLink>;

/** A link that can still be used, with what the page says that asks for the new password. */
export const ResetLink = Notice.extend({ token: z.string() }).meta({ id: "ResetLink" });
export type ResetLink = z.infer<typeof ResetLink>;

/** Old passwords may be shorter than new ones; and one of 256 characters may have been typed as more, decomposed. */
const GivenPassword = z.string().min(1).max(1024).meta({ example: "a long enough passphrase" });
const HeldToken = z.string().min(1).max(2000);

export const Credentials = z.object({
  email: Email,
  password: GivenPassword,
  refresh_token: HeldToken.optional().describe(
    "Of a session that this device still has: others' failures do not lock it out. An access token in the Authorization header does the same.",
  ),
});
export type Credentials = z.infer<typeof Credentials>;

export const ChangePassword = z.strictObject({ current_password: GivenPassword, new_password: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ChangeEmail = z.strictObject({ new_email: Email });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

export const RefreshToken = z.strictObject({ refresh_token: HeldToken });
export type RefreshToken = z.infer<typeof RefreshToken>;

/** Whoever is signed in, as they see themselves. */
export const Me = z
  .object({
    id: z.uuid(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string().nullable(),
    bio: z.string().nullable(),
    profile_photo_url: z.string().nullable(),
    status: UserStatus,
    role: UserRole.describe("For display: the highest system role. What one may do is in `permissions`."),
    email_verified: z.boolean(),
    mfa_enabled: z.boolean().describe("Has a second factor"),
    mfa_required: z
      .boolean()
      .describe("Holds a role that insists on a second factor: without one, nothing but setting one up is allowed"),
    roles: z.array(z.string()).describe("Codes of the roles held"),
    permissions: z.array(z.enum(ALL_PERMISSIONS)),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const SignIn = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal("bearer"),
    expires_in: z.int().describe("Seconds until the access token expires"),
    user: Me,
  })
  .meta({ id: "SignIn" });
export type SignIn = z.infer<typeof SignIn>;

/** What signing in answers where a second factor is missing. */
export const SecondFactorNeeded = z
  .object({
    mfa_required: z.literal(true),
    mfa_token: z.string().describe("For auth/mfa/sign-in, together with a code"),
    expires_in: z.int().describe("Seconds until the token expires"),
  })
  .meta({ id: "SecondFactorNeeded" });
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>;

const DeviceName = z.string().meta({ example: "Firefox on Linux" });

/** One of my devices that are signed in. */
export const Session = z
  .object({
    id: z.uuid(),
    device: DeviceName,
    current: z.boolean().describe("The one that asks"),
    created_at: Instant,
    last_used_at: Instant.describe("To within five minutes"),
    expires_at: Instant.describe("At the latest; earlier when it is not used for 7 days"),
  })
  .meta({ id: "Session" });
export const SessionPage = pageOf(Session).meta({ id: "SessionPage" });
export type SessionPage = z.infer<typeof SessionPage>;

/** One attempt to prove that somebody is me. */
export const SignInAttempt = z
  .object({
    id: z.uuid(),
    created_at: Instant,
    purpose: z.enum(login_attempts.purpose.enumValues),
    outcome: z.enum(["succeeded", "failed", "unfinished"]).describe("unfinished: the second factor is missing"),
    device: DeviceName,
  })
  .meta({ id: "SignInAttempt" });
export const SignInPage = pageOf(SignInAttempt).meta({ id: "SignInPage" });
export type SignInPage = z.infer<typeof SignInPage>;
