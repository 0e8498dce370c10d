import * as z from "zod";
import { Instant } from "../../http/schemas.ts";
import { Credentials } from "../schemas.ts";
import { normalizeRecoveryCode } from "./recovery-codes.ts";

/** Apps show a code in two groups, so people type a space between them. We remove it. */
const Code = z
  .string()
  .max(20)
  .transform((code) => code.replaceAll(/\s/g, ""))
  .pipe(
    z
      .string()
      .regex(/^\d{6}$/, "must be six digits")
      .describe("The code in the authenticator app"),
  )
  .meta({ example: "492039" });

const RecoveryCode = z
  .string()
  .max(40)
  .transform(normalizeRecoveryCode)
  .pipe(z.string().regex(/^[A-Z2-7]{24}$/, "must be a recovery code"))
  .meta({ example: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX" });

const exactlyOne = (...given: (string | undefined)[]) => given.filter((each) => each !== undefined).length === 1;

export const SecondFactorSignIn = z
  .strictObject({
    mfa_token: z.string().min(1).max(200).describe("The token that signing in with the password returned"),
    code: Code.optional(),
    recovery_code: RecoveryCode.optional(),
  })
  .refine(({ code, recovery_code }) => exactlyOne(code, recovery_code), "needs either a code or a recovery_code")
  .meta({ example: { mfa_token: "the mfa_token of the login", code: "492039" } });
export type SecondFactorSignIn = z.infer<typeof SecondFactorSignIn>;

export const CodeInput = z.strictObject({ code: Code });
export type CodeInput = z.infer<typeof CodeInput>;

export const Reauthentication = z
  .strictObject({ password: Credentials.shape.password.optional(), code: Code.optional() })
  .refine(({ password, code }) => exactlyOne(password, code), "needs either a password or a code")
  .meta({ example: { password: "a long enough passphrase" } });
export type Reauthentication = z.infer<typeof Reauthentication>;

export const SecondFactorStatus = z
  .object({
    enabled: z.boolean(),
    required: z.boolean().describe("One of my roles requires a second factor"),
    confirmed_at: Instant.nullable(),
    recovery_codes_left: z.int(),
  })
  .meta({ id: "SecondFactorStatus" });
export type SecondFactorStatus = z.infer<typeof SecondFactorStatus>;

/** What an authenticator app needs. It is shown only once. */
export const Enrollment = z
  .object({
    secret: z.string().describe("Base32, for typing into the app"),
    otpauth_url: z.string().describe("The same secret, for a QR code"),
  })
  .meta({ id: "Enrollment" });
export type Enrollment = z.infer<typeof Enrollment>;

export const RecoveryCodes = z
  .object({
    recovery_codes: z.array(z.string()).describe("Each signs in once without the app. They are never shown again"),
  })
  .meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;
