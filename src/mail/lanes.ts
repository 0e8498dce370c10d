import type { TemplateKey } from "./templates.ts";

/** Account security: these go out before everything else, even to an address that is suppressed. */
const SECURITY: ReadonlySet<TemplateKey> = new Set([
  "new_sign_in",
  "activation",
  "password_reset",
  "password_changed",
  "email_change_confirmation",
  "email_change_requested",
  "email_change_by_volunteer",
  "email_changed",
  "recovery_code_used",
  "second_factor_changed",
  "verification",
  "password_needed",
  "already_registered",
  "erasure_requested",
  "erasure_withdrawn",
  "invitation_to_owner",
]);

/** What nobody waits for: it never stands before anything else. */
const BULK: ReadonlySet<TemplateKey> = new Set<TemplateKey>(["newsletter"]);

/** What people can unsubscribe from, and which mails that are. All others are about their own account, dues or answers. */
export const MAIL_KINDS = ["newsletter", "event_news", "reminders"] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

const KIND_OF: Partial<Record<TemplateKey, MailKind>> = {
  event_for_newcomers: "event_news",
  event_reminder: "reminders",
  newsletter: "newsletter",
  payment_reminder: "reminders",
  term_ending: "reminders",
};

/** 0 for account security, 1 for what somebody waits for, 2 for bulk. */
export type Lane = 0 | 1 | 2;

/** The lane of a template's mails. */
export function laneOf(template: TemplateKey): Lane {
  if (SECURITY.has(template)) return 0;
  return BULK.has(template) ? 2 : 1;
}

/** The templates of a kind. */
export const templatesOf = (kind: MailKind): string[] =>
  Object.keys(KIND_OF).filter((key) => KIND_OF[key as TemplateKey] === kind);

/** What somebody unsubscribes from who no longer wants a template's mails. Null for mails that everybody gets. */
export const kindOf = (template: TemplateKey): MailKind | null => KIND_OF[template] ?? null;
