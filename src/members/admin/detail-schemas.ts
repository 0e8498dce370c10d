import * as z from "zod";
import { AuditEntry } from "../../audit/schemas.ts";
import { DonationSummary } from "../../donations/admin/schemas.ts";
import { Id, Instant } from "../../http/schemas.ts";
import { MailSuppression } from "../../mail/suppression.ts";
import { acceptedFields } from "../../people/acceptances.ts";
import { Twin } from "../../people/twins.ts";
import { subscriptionFields } from "../../subscriptions/schemas.ts";
import { rsvpstatus } from "../../tables/events.ts";
import { emails } from "../../tables/mail.ts";
import { vouchings } from "../../tables/members.ts";
import { User } from "../schemas.ts";
import { UserNote } from "./note-schemas.ts";

/** The most entries of each kind that are shown with a person. */
export const MOST_SHOWN = 20;

const blockOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.int().describe("How many there are in all") });

const newest = (kind: string, rest?: string) =>
  `The newest ${MOST_SHOWN} ${kind}${rest ? `. All of them: \`GET ${rest}\`` : ""}`;

const onlyFor = (permission: string, what: string) => `${what}. Left out for those who lack \`${permission}\``;

const Rsvp = z.object({
  event_id: Id,
  title: z.string(),
  start_at: Instant,
  rsvp_status: z.enum(rsvpstatus.enumValues),
  attended: z.boolean(),
  attended_at: Instant.nullable(),
  created_at: Instant,
});

const SentMail = z.object({
  id: Id,
  template: z.string().meta({ example: "approval" }),
  status: z.enum(emails.status.enumValues),
  created_at: Instant,
  sent_at: Instant.nullable(),
  feedback: z.enum(emails.feedback.enumValues).nullable().describe("What the provider told us became of it"),
});

const Voucher = z.object({
  id: Id,
  member_id: Id,
  member: z.object({ first_name: z.string(), last_name: z.string() }),
  asked_by: Id.nullable(),
  answer: z.enum(vouchings.answer.enumValues).nullable().describe("Null: no answer yet"),
  answered_at: Instant.nullable(),
  created_at: Instant,
});

/** A person and what we keep about them, as far as this volunteer may see it. */
export const UserDetail = User.extend({
  notes: blockOf(UserNote).describe(newest("notes that you may read", "/api/admin/users/{id}/notes")),
  twins: z.array(Twin).describe("People who may be the same person, as `GET /api/admin/users/{id}/twins` tells them"),
  mail_suppressed: MailSuppression.nullable().describe(
    "Why we no longer write to this address, except about the security of the account: mails bounced, or one was reported as spam. The person ends it by confirming the address",
  ),
  accepted_documents: z.array(z.object(acceptedFields)).describe("Which versions of our rules they accepted, and when"),
  vouchings: blockOf(Voucher)
    .optional()
    .describe(
      onlyFor(
        "users.approve",
        newest("members who were asked to vouch for this person", "/api/admin/users/{id}/vouchings"),
      ),
    ),
  subscription: z
    .object(subscriptionFields)
    .nullable()
    .optional()
    .describe(
      onlyFor(
        "subscriptions.view",
        "The running one, or else the newest. All of them: `GET /api/admin/subscriptions?user_id=`",
      ),
    ),
  donations: blockOf(DonationSummary)
    .optional()
    .describe(onlyFor("donations.view", newest("donations", "/api/admin/donations?user_id="))),
  rsvps: blockOf(Rsvp)
    .optional()
    .describe(onlyFor("events.rsvps", newest("answers to invitations"))),
  mails: blockOf(SentMail)
    .optional()
    .describe(onlyFor("settings.email", newest("emails to this person. We delete emails after `keep_mails_days`"))),
  history: blockOf(AuditEntry)
    .optional()
    .describe(
      onlyFor(
        "settings.audit",
        newest("changes to this person, and to their roles, notes and tags", "/api/admin/audit-log?subject_id="),
      ),
    ),
}).meta({ id: "UserDetail" });
export type UserDetail = z.infer<typeof UserDetail>;
