import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { account_tokens } from "./accounts.ts";
import { id, instant, timestamps } from "./columns.ts";
import { newsletter_archives } from "./documents.ts";
import { users } from "./people.ts";

/**
 * The outbox. A row is written in the transaction that causes the mail and names a template and its data: never HTML,
 * never a secret (a link's token is derived from `account_token_id` at delivery).
 */
export const emails = pgTable(
  "emails",
  {
    id: id(),
    template: text().notNull(),
    to_email: text().notNull(),
    user_id: uuid().references(() => users.id, { onDelete: "set null" }),
    account_token_id: uuid().references(() => account_tokens.id, { onDelete: "cascade" }),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** 0 for account security, 1 for what somebody waits for, 2 for bulk. Lower ones go out first. */
    lane: integer().notNull().default(1),
    /** The newsletter that it carries. */
    newsletter_id: uuid().references((): AnyPgColumn => newsletter_archives.id, { onDelete: "set null" }),
    /** The request to the provider that carries it with others. */
    batch_id: uuid().references((): AnyPgColumn => email_batches.id, { onDelete: "set null" }),
    /** The order in which mails were written, even within one transaction. */
    queue_number: bigint({ mode: "number" }).generatedAlwaysAsIdentity(),
    /** A key is mailed once, however often its cause happens. */
    dedupe_key: text().unique(),
    /** `withheld`: we decided not to send it, and `last_error` says why. */
    status: text({ enum: ["pending", "sent", "failed", "withheld"] })
      .notNull()
      .default("pending"),
    attempts: integer().notNull().default(0),
    /** A delivery that claims the row postpones this, so that no other takes it meanwhile. */
    next_attempt_at: instant().notNull().default(sql`now()`),
    last_error: text(),
    provider_message_id: text(),
    sent_at: instant(),
    /** What the provider told us later became of it, and when. */
    feedback: text({ enum: ["delivered", "bounced", "complained"] }),
    feedback_at: instant(),
    ...timestamps,
  },
  (t) => [
    index("emails_due").on(t.lane, t.next_attempt_at, t.queue_number).where(sql`${t.status} = 'pending'`),
    // What a delivery has tried before, among many that it has not.
    index("emails_tried")
      .on(t.next_attempt_at, t.queue_number)
      .where(sql`${t.status} = 'pending' and (${t.attempts} > 0 or ${t.batch_id} is not null)`),
    index("emails_status_newest").on(t.status, t.created_at, t.id),
    index("emails_newest").on(t.created_at, t.id),
    index("emails_sent").on(t.sent_at).where(sql`${t.sent_at} is not null`),
    index("emails_user").on(t.user_id),
    index("emails_address").on(t.to_email),
    index("emails_account_token").on(t.account_token_id),
    index("emails_newsletter").on(t.newsletter_id, t.status).where(sql`${t.newsletter_id} is not null`),
    index("emails_batch").on(t.batch_id).where(sql`${t.batch_id} is not null`),
    index("emails_provider_message").on(t.provider_message_id).where(sql`${t.provider_message_id} is not null`),
    check("emails_status", sql`${t.status} in ('pending', 'sent', 'failed', 'withheld')`),
    check("emails_sent_at", sql`(${t.status} = 'sent') = (${t.sent_at} is not null)`),
    check("emails_lane", sql`${t.lane} in (0, 1, 2)`),
    check(
      "emails_feedback",
      sql`${t.feedback} in ('delivered', 'bounced', 'complained') and (${t.feedback} is null) = (${t.feedback_at} is null)`,
    ),
  ],
);

/**
 * One request to the provider that carries many mails. Its id is the idempotency key, and which mails it carries never
 * changes, so a repeated request sends nobody a second mail.
 */
export const email_batches = pgTable("email_batches", { id: id(), ...timestamps }, (t) => [
  index("email_batches_created").on(t.created_at),
]);

/** One row: how fast we may send, for the whole platform, and what signs links that never end. */
export const mail_pace = pgTable(
  "mail_pace",
  {
    singleton: boolean().primaryKey().default(true),
    /** The day, in UTC, that `sent_today` counts. */
    day: date({ mode: "string" }).notNull().default(sql`(now() at time zone 'UTC')::date`),
    sent_today: integer().notNull().default(0),
    /** Before this instant, the pace is used up. */
    next_slot_at: instant().notNull().default(sql`now()`),
    /** When the queue will look for due mails again, as far as it was asked to. */
    next_look_at: instant(),
    /** Signs the links that stop mails of a kind. They have no end, so it is never rotated. */
    unsubscribe_key: text()
      .notNull()
      .default(sql`replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`),
    ...timestamps,
  },
  (t) => [check("mail_pace_singleton", sql`${t.singleton}`), check("mail_pace_sent", sql`${t.sent_today} >= 0`)],
);

/** Why we no longer write to an address. `soft_bounces`: three mails in a row that could not be delivered for now. */
export const SUPPRESSION_REASONS = ["hard_bounce", "soft_bounces", "complaint"] as const;

/**
 * An address that does not want our mail, or cannot get it. It is a keyed hash: we recognize the address but cannot read
 * it, so erasing a person leaves none behind.
 */
export const mail_suppressions = pgTable(
  "mail_suppressions",
  {
    address_hash: text().primaryKey(),
    reason: text({ enum: SUPPRESSION_REASONS }).notNull(),
    ...timestamps,
  },
  (t) => [check("mail_suppressions_reason", sql`${t.reason} in ('hard_bounce', 'soft_bounces', 'complaint')`)],
);

/** What can happen to a mail, or to its address: `confirmed` is the person, who confirmed the address again. */
export const MAIL_EVENTS = ["delivered", "soft_bounce", "hard_bounce", "complained", "confirmed"] as const;

/** What the provider told us about mails: each message once, by the id that it gives it. */
export const mail_events = pgTable(
  "mail_events",
  {
    id: text().primaryKey(),
    kind: text({ enum: MAIL_EVENTS }).notNull(),
    email_id: uuid().references(() => emails.id, { onDelete: "set null" }),
    /** The address, as `mail_suppressions` knows it. */
    address_hash: text().notNull(),
    occurred_at: instant().notNull(),
    ...timestamps,
  },
  (t) => [
    index("mail_events_email").on(t.email_id).where(sql`${t.email_id} is not null`),
    index("mail_events_address").on(t.address_hash),
    check("mail_events_kind", sql`${t.kind} in ('delivered', 'soft_bounce', 'hard_bounce', 'complained', 'confirmed')`),
    index("mail_events_received").on(t.created_at),
  ],
);

/** What volunteers changed in a template's words. What they left alone is not here. */
export const email_templates = pgTable("email_templates", {
  key: text().primaryKey(),
  subject: text(),
  /** The new words, by the name of the text that they replace. */
  texts: jsonb().$type<Record<string, string>>().notNull().default({}),
  ...timestamps,
});

/**
 * A reminder that was decided: sent, or not and why. Its kind, subject, person and due date are unique, so each goes out
 * at most once, whatever happens. It is written in the transaction that writes its mail.
 */
export const reminders = pgTable(
  "reminders",
  {
    id: id(),
    kind: text().notNull(),
    /** The row that it is about: an event, a subscription, an application. */
    subject_id: uuid().notNull(),
    /** Whom it goes to. */
    user_id: uuid().references(() => users.id, { onDelete: "cascade" }),
    due_at: instant().notNull(),
    decided_at: instant().notNull().default(sql`now()`),
    outcome: text({ enum: ["sent", "moot", "suppressed", "opted_out", "too_late"] }).notNull(),
    reason: text(),
    email_id: uuid().references(() => emails.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    unique("reminders_once").on(t.kind, t.subject_id, t.user_id, t.due_at).nullsNotDistinct(),
    index("reminders_user").on(t.user_id, t.decided_at, t.id),
    index("reminders_newest").on(t.decided_at, t.id),
    index("reminders_email").on(t.email_id).where(sql`${t.email_id} is not null`),
    check("reminders_outcome", sql`${t.outcome} in ('sent', 'moot', 'suppressed', 'opted_out', 'too_late')`),
  ],
);
