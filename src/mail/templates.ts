import type { Template } from "./letter.ts";
import { already_registered } from "./templates/already-registered.ts";
import { application_waiting } from "./templates/application-waiting.ts";
import { approval } from "./templates/approval.ts";
import { email_change_confirmation } from "./templates/email-change-confirmation.ts";
import { email_change_requested } from "./templates/email-change-requested.ts";
import { email_changed } from "./templates/email-changed.ts";
import { new_sign_in } from "./templates/new-sign-in.ts";
import { password_changed } from "./templates/password-changed.ts";
import { password_reset } from "./templates/password-reset.ts";
import { payment_prompt } from "./templates/payment-prompt.ts";
import { recovery_code_used } from "./templates/recovery-code-used.ts";
import { rejection } from "./templates/rejection.ts";
import { second_factor_changed } from "./templates/second-factor-changed.ts";
import { thank_you } from "./templates/thank-you.ts";
import { verification } from "./templates/verification.ts";

/** Every mail there is, by the key that the outbox names it with. */
export const TEMPLATES = {
  already_registered,
  application_waiting,
  approval,
  email_change_confirmation,
  email_change_requested,
  email_changed,
  new_sign_in,
  password_changed,
  password_reset,
  payment_prompt,
  recovery_code_used,
  rejection,
  second_factor_changed,
  thank_you,
  verification,
} satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
