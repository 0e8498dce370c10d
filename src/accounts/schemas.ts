import * as z from "zod";
import { ALL_PERMISSIONS } from "../access/permissions.ts";
import { Email, Line } from "../http/schemas.ts";
import { UserRole, UserStatus } from "../members/schemas.ts";

/** As it is hashed: composed (NFC), so that the same characters match however a keyboard makes them. */
const NewPassword = z
  .string()
  .transform((password) => password.normalize("NFC"))
  .pipe(z.string().min(8).max(256))
  .meta({ example: "a long enough passphrase" });

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
export const Credentials = z.object({ email: Email, password: z.string().min(1).max(1024) });
export type Credentials = z.infer<typeof Credentials>;

export const RefreshToken = z.strictObject({ refresh_token: z.string().min(1).max(2000) });
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
