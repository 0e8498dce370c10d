import * as z from "zod";
import { Cents, Id, Instant } from "../../http/schemas.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { acceptedFields } from "../../people/acceptances.ts";
import { UserStatus } from "../../people/schemas.ts";
import { SubscriptionStatus } from "../../subscriptions/schemas.ts";
import { NEWSLETTER_OUTCOMES } from "../../tables/documents.ts";
import { ORIGINS } from "../../tables/people.ts";
import { AccessLogEntry, OpeningRole } from "../access-log/schemas.ts";
import { MyProfile, Privacy } from "../my/schemas.ts";

/** The most entries that an export holds of lists that could go on forever. */
export const NEWEST = 1000;

const Device = z.string().nullable().describe("What the browser called itself");

/** The fields of each part of an export. The columns of the same names fill them. */
export const FIELDS = {
  application: {
    status: UserStatus,
    origin: z.enum(ORIGINS),
    external_id: z.string().nullable(),
    joined_at: Instant,
    referred_by: z.string().nullable(),
    rejection_reason: z.string().nullable(),
    rejected_at: Instant.nullable(),
    activation_sent_at: Instant.nullable(),
  },
  accepted_documents: acceptedFields,
  roles: { role: z.string(), created_at: Instant },
  sessions: {
    user_agent: Device,
    created_at: Instant,
    last_used_at: Instant,
    expires_at: Instant,
    revoked_at: Instant.nullable(),
  },
  sign_ins: {
    email: z.string(),
    purpose: z.enum(["sign_in", "reauthentication"]),
    succeeded: z.boolean().nullable(),
    user_agent: Device,
    created_at: Instant,
  },
  subscriptions: {
    id: Id,
    plan_name: z.string(),
    status: SubscriptionStatus,
    base_subscription_cents: Cents,
    donation_cents: Cents,
    payment_method: PaymentMethod,
    current_term_start: Instant.nullable(),
    current_term_end: Instant.nullable(),
    cancelled_at: Instant.nullable(),
    cancel_reason: z.string().nullable(),
    card_brand: z.string().nullable(),
    card_last4: z.string().nullable(),
    stripe_subscription_id: z.string().nullable(),
    created_at: Instant,
  },
  payments: {
    id: Id,
    receipt_number: z.int(),
    subscription_id: Id.nullable(),
    donation_id: Id.nullable(),
    payment_method: PaymentMethod,
    base_subscription_cents: Cents,
    donation_cents: Cents,
    paid_at: Instant,
    receipted_at: Instant.nullable(),
    stripe_invoice_id: z.string().nullable(),
    stripe_payment_intent_id: z.string().nullable(),
  },
  refunds: {
    payment_id: Id,
    kind: z.enum(["refund", "dispute"]),
    status: z.string(),
    amount_cents: Cents,
    reason: z.string().nullable(),
    occurred_at: Instant.nullable(),
    returned_at: Instant.nullable(),
  },
  donations: {
    id: Id,
    donation_type: z.enum(["member", "public"]),
    status: z.enum(["pending", "completed", "failed", "refunded"]),
    amount_cents: Cents,
    donor_name: z.string().nullable(),
    donor_email: z.string().nullable(),
    message: z.string().nullable(),
    anonymous: z.boolean(),
    payment_method: PaymentMethod,
    completed_at: Instant.nullable(),
    receipted_at: z.array(Instant).describe("When receipts were mailed"),
    created_at: Instant,
  },
  rsvps: {
    event: z.string(),
    start_at: Instant,
    rsvp_status: z.enum(["yes", "no", "maybe", "waitlisted"]).nullable(),
    guests: z.int(),
    attended: z.boolean(),
    created_at: Instant,
  },
  photos: {
    id: Id,
    event: z.string(),
    caption: z.string().nullable(),
    url: z
      .string()
      .nullable()
      .describe("Null while the photo is taken down. The link works for one to two hours, for whoever has it"),
    thumbnail_url: z.string().nullable().describe("A link to the same photo with at most 256 pixels a side"),
    taken_at: Instant.nullable(),
    accepted_at: Instant.nullable(),
    takedown_at: Instant.nullable().describe("Since when it is taken down because somebody asked"),
    created_at: Instant,
  },
  photos_taken_down: {
    photo_id: Id,
    event: z.string().nullable().describe("Null, like `caption` and `taken_at`, if the photo has since been deleted"),
    caption: z.string().nullable(),
    taken_at: Instant.nullable(),
    takedown_at: Instant.describe("When I asked"),
  },
  event_answers: {
    event: z.string(),
    question: z.string(),
    answer: z.string(),
    created_at: Instant,
  },
  mails: {
    template: z.string().describe("Which of our emails it was"),
    to_email: z.string(),
    data: z.record(z.string(), z.unknown()).describe("The details that it mentioned"),
    status: z.enum(["pending", "sent", "failed", "withheld"]),
    created_at: Instant,
    sent_at: Instant.nullable(),
  },
  reminders: {
    kind: z.string().describe("What it was about"),
    due_at: Instant,
    decided_at: Instant,
    outcome: z
      .enum(["sent", "moot", "suppressed", "opted_out", "too_late"])
      .describe("Whether it went out or, if not, why"),
  },
  newsletters: {
    title: z.string(),
    queued_at: Instant.nullable().describe("When we sent it to me"),
    outcome: z
      .enum(["pending", ...NEWSLETTER_OUTCOMES])
      .nullable()
      .describe("What became of the email. Null before it is written, and where we do not know"),
    unsubscribed_at: Instant.nullable().describe("When I unsubscribed, if this was the last one before that"),
  },
  notes: {
    body: z.string(),
    sensitive: z.boolean().describe("Whether only holders of `users.view_sensitive` see it"),
    created_at: Instant,
    updated_at: Instant,
  },
  tags: { tag: z.string(), created_at: Instant },
  vouchings: {
    asked: z
      .enum(["about_me", "me"])
      .describe("Whether a member was asked about me, or I was asked about somebody else"),
    answer: z.enum(["yes", "no"]).nullable(),
    created_at: Instant,
    answered_at: Instant.nullable(),
  },
  invitations: {
    email: z.string(),
    status: z.enum(["pending", "accepted", "expired", "revoked"]),
    message: z.string().nullable(),
    by_me: z.boolean(),
    created_at: Instant,
  },
  imported: {
    cells: z.array(z.string()).describe("The row about me in a file that volunteers imported. Empty after 30 days"),
    created_at: Instant,
  },
  history: {
    action: z.string(),
    changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()]).nullable()),
    created_at: Instant,
  },
};

const many = <Fields extends z.ZodRawShape>(fields: Fields) => z.array(z.object(fields));
const newest = (what: string) => `${what}, newest first: at most ${NEWEST}`;

/** Everything about me. */
export const MyExport = z
  .object({
    exported_at: Instant,
    profile: MyProfile,
    privacy: Privacy,
    application: z.object(FIELDS.application),
    accepted_documents: many(FIELDS.accepted_documents).describe("Which versions of our rules I accepted, and when"),
    roles: many(FIELDS.roles),
    sessions: many(FIELDS.sessions),
    sign_ins: many(FIELDS.sign_ins).describe(newest("Sign-ins to my account, and failed attempts")),
    subscriptions: many(FIELDS.subscriptions),
    payments: many(FIELDS.payments),
    refunds: many(FIELDS.refunds),
    donations: many(FIELDS.donations),
    rsvps: many(FIELDS.rsvps),
    photos: many(FIELDS.photos).describe("The photos of events that I uploaded"),
    photos_taken_down: many(FIELDS.photos_taken_down).describe(
      "The photos of events that I had taken down. Without a link: nobody sees them",
    ),
    event_answers: many(FIELDS.event_answers).describe("What I answered to the questions of events"),
    mails: many(FIELDS.mails).describe(
      `${newest("The emails that we sent me and have not deleted yet")}. None until I have confirmed my address`,
    ),
    reminders: many(FIELDS.reminders).describe(
      `${newest("What we decided about reminders for me")}. None until I have confirmed my address`,
    ),
    newsletters: many(FIELDS.newsletters).describe("The newsletters that were for me"),
    notes: many(FIELDS.notes).describe("What volunteers wrote in notes about me, including sensitive notes"),
    tags: many(FIELDS.tags),
    vouchings: many(FIELDS.vouchings),
    invitations: many(FIELDS.invitations),
    imported: many(FIELDS.imported),
    history: many(FIELDS.history).describe(newest("The entries about me in the audit log")),
    access_log: z.array(AccessLogEntry).describe(newest("Which volunteers opened or exported my data")),
    could: z.array(OpeningRole).describe("Who could open or export my data, by their roles"),
  })
  .meta({ id: "MyExport" });
export type MyExport = z.infer<typeof MyExport>;
