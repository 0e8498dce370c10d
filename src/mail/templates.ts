import type { Template } from "./letter.ts";
import { already_registered } from "./templates/already-registered.ts";
import { application_waiting } from "./templates/application-waiting.ts";
import { approval } from "./templates/approval.ts";
import { new_sign_in } from "./templates/new-sign-in.ts";
import { payment_prompt } from "./templates/payment-prompt.ts";
import { rejection } from "./templates/rejection.ts";
import { thank_you } from "./templates/thank-you.ts";
import { verification } from "./templates/verification.ts";

/** Every mail there is, by the key that the outbox names it with. */
export const TEMPLATES = {
  already_registered,
  application_waiting,
  approval,
  new_sign_in,
  payment_prompt,
  rejection,
  thank_you,
  verification,
} satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
