import * as z from "zod";
import { ALL_PERMISSIONS } from "../access/permissions.ts";
import { Email, Line } from "../http/schemas.ts";
import { UserRole, UserStatus } from "../members/schemas.ts";

/** Characters as people count them, not UTF-16 units. */
const hasCharacters = (least: number, most: number) => (text: string) => {
  const { length } = [...text];
  return length >= least && length <= most;
};

/** As it is hashed: composed (NFC), so that the same characters match however a keyboard makes them. Any characters do. */
export const NewPassword = z
  .string()
  .max(1024)
  .transform((password) => password.normalize("NFC"))
  .pipe(
    z
      .string()
      .refine(hasCharacters(8, 256), "must have 8 to 256 characters")
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
});
export type Registration = z.infer<typeof Registration>;

export const ResendVerification = z.strictObject({ email: Email });
export type ResendVerification = z.infer<typeof ResendVerification>;

const LinkToken = z.string().min(1).max(200);

export const VerificationQuery = z.object({ token: LinkToken });
export const Verification = z.strictObject({ token: LinkToken });
export type Verification = z.infer<typeof Verification>;

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
