import * as z from "zod";
import { Instant } from "../../http/schemas.ts";
import { Credentials } from "../schemas.ts";
import { normalise } from "./recovery-codes.ts";

/** Apps show a code in two groups, and people type the space. */
const Code = z
  .string()
  .max(20)
  .transform((code) => code.replaceAll(/\s/g, ""))
  .pipe(
    z
      .string()
      .regex(/^\d{6}$/, "must be six digits")
      .describe("What the authenticator app shows")
      .meta({ example: "492039" }),
  );

const RecoveryCode = z
  .string()
  .max(40)
  .transform(normalise)
  .pipe(
    z
      .string()
      .regex(/^[A-Z2-7]{24}$/, "must be a recovery code")
      .meta({ example: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX" }),
  );

const exactlyOne = (...given: (string | undefined)[]) => given.filter((each) => each !== undefined).length === 1;

export const SecondFactorSignIn = z
  .strictObject({
    mfa_token: z.string().min(1).max(200).describe("What signing in answered"),
    code: Code.optional(),
    recovery_code: RecoveryCode.optional(),
  })
  .refine(
    ({ code, recovery_code }) => exactlyOne(code, recovery_code),
    "needs a code or a recovery_code, and not both",
  );
export type SecondFactorSignIn = z.infer<typeof SecondFactorSignIn>;

export const CodeInput = z.strictObject({ code: Code });
export type CodeInput = z.infer<typeof CodeInput>;

export const Reauthentication = z
  .strictObject({ password: Credentials.shape.password.optional(), code: Code.optional() })
  .refine(({ password, code }) => exactlyOne(password, code), "needs a password or a code, and not both");
export type Reauthentication = z.infer<typeof Reauthentication>;

export const SecondFactorStatus = z
  .object({
    enabled: z.boolean(),
    required: z.boolean().describe("Holds a role that insists on a second factor"),
    confirmed_at: Instant.nullable(),
    recovery_codes_left: z.int(),
  })
  .meta({ id: "SecondFactorStatus" });
export type SecondFactorStatus = z.infer<typeof SecondFactorStatus>;

/** What an authenticator app needs to be told, this once. */
export const Enrolment = z
  .object({
    secret: z.string().describe("Base32, to be typed into the app"),
    otpauth_url: z.string().describe("The same, for a QR code"),
  })
  .meta({ id: "Enrolment" });
export type Enrolment = z.infer<typeof Enrolment>;

export const RecoveryCodes = z
  .object({
    recovery_codes: z.array(z.string()).describe("Each signs in once without the app. They are not shown again"),
  })
  .meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;
