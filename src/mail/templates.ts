import type { Template } from "./letter.ts";
import { already_registered } from "./templates/already-registered.ts";
import { application_waiting } from "./templates/application-waiting.ts";
import { approval } from "./templates/approval.ts";
import { card_expiring } from "./templates/card-expiring.ts";
import { checkout_failed } from "./templates/checkout-failed.ts";
import { dispute_opened } from "./templates/dispute-opened.ts";
import { donation_receipt } from "./templates/donation-receipt.ts";
import { email_change_confirmation } from "./templates/email-change-confirmation.ts";
import { email_change_requested } from "./templates/email-change-requested.ts";
import { email_changed } from "./templates/email-changed.ts";
import { membership_cancelled } from "./templates/membership-cancelled.ts";
import { membership_continues } from "./templates/membership-continues.ts";
import { membership_ended } from "./templates/membership-ended.ts";
import { new_sign_in } from "./templates/new-sign-in.ts";
import { password_changed } from "./templates/password-changed.ts";
import { password_reset } from "./templates/password-reset.ts";
import { payment_failed } from "./templates/payment-failed.ts";
import { payment_prompt } from "./templates/payment-prompt.ts";
import { payment_receipt } from "./templates/payment-receipt.ts";
import { payment_unplaced } from "./templates/payment-unplaced.ts";
import { recovery_code_used } from "./templates/recovery-code-used.ts";
import { refund_failed } from "./templates/refund-failed.ts";
import { refund_notice } from "./templates/refund-notice.ts";
import { refund_undelivered } from "./templates/refund-undelivered.ts";
import { rejection } from "./templates/rejection.ts";
import { renewal_reminder } from "./templates/renewal-reminder.ts";
import { second_factor_changed } from "./templates/second-factor-changed.ts";
import { term_ending } from "./templates/term-ending.ts";
import { thank_you } from "./templates/thank-you.ts";
import { verification } from "./templates/verification.ts";

/** Every mail template, by the key that a row of the outbox stores. */
export const TEMPLATES = {
  already_registered,
  application_waiting,
  approval,
  card_expiring,
  checkout_failed,
  dispute_opened,
  donation_receipt,
  email_change_confirmation,
  email_change_requested,
  email_changed,
  membership_cancelled,
  membership_continues,
  membership_ended,
  new_sign_in,
  password_changed,
  password_reset,
  payment_failed,
  payment_prompt,
  payment_receipt,
  payment_unplaced,
  recovery_code_used,
  refund_failed,
  refund_notice,
  refund_undelivered,
  rejection,
  renewal_reminder,
  second_factor_changed,
  term_ending,
  thank_you,
  verification,
} satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
