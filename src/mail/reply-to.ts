import type { MailSender } from "../organisation/organisation.ts";
import type { TemplateKey } from "./templates.ts";

type Addresses = Pick<MailSender, "contact_email" | "membership_email" | "events_email" | "newsletter_email">;

/** Where replies to a template's mails go, unless the letter names somebody: to the people who know about it. */
export function replyToOf(template: TemplateKey, organisation: Addresses): string | null {
  const { contact_email, membership_email, events_email, newsletter_email } = organisation;
  if (template.startsWith("newsletter")) return newsletter_email ?? contact_email;
  if (template.startsWith("event_")) return events_email ?? contact_email;
  return membership_email ?? contact_email;
}
