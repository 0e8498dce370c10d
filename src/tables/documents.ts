import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { belongsTo, id, instant, timestamps } from "./columns.ts";
import { stored_files } from "./files.ts";
import { users } from "./people.ts";

/** Whether a document lives elsewhere (a link) or in R2 (an upload). */
export const documenttype = pgEnum("documenttype", ["link", "upload"]);

const document = {
  /** The URL of a link. */
  document_location: text(),
  /** The file of an upload. */
  file_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
  /** Null while it is a draft. */
  published_at: instant(),
  created_by: uuid().references(() => users.id, { onDelete: "set null" }),
  ...timestamps,
};

/** A newsletter: written here, or a link or a file as the old archive has them. */
export const newsletter_archives = pgTable(
  "newsletter_archives",
  {
    id: id(),
    title: text().notNull(),
    description: text().notNull().default(""),
    /** Null for one that is written here. */
    document_type: documenttype(),
    /** The subject of its mail. Null: the title. */
    subject: text(),
    /** Markdown. */
    body: text().notNull().default(""),
    /** Whether it lists the events that are coming up when it goes out. */
    shows_events: boolean().notNull().default(false),
    /** The events that it lists, as they were when it went out. Null before. */
    events: jsonb().$type<Record<string, unknown>[]>(),
    /** Who gets it: the filter of people that was chosen. */
    recipients: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    send_status: text({ enum: ["draft", "scheduled", "sending", "stopped", "sent"] })
      .notNull()
      .default("draft"),
    /** When the first mail may leave. Until then, sending can be stopped for everybody. */
    send_at: instant(),
    sent_by: uuid().references(() => users.id, { onDelete: "set null" }),
    stopped_at: instant(),
    ...document,
  },
  (t) => [
    index("newsletter_archives_published").on(t.published_at, t.id),
    index("newsletter_archives_newest").on(t.created_at, t.id),
    index("newsletter_archives_sending").on(t.send_at).where(sql`${t.send_status} in ('scheduled', 'sending')`),
    index("newsletter_archives_file").on(t.file_id).where(sql`${t.file_id} is not null`),
    index("newsletter_archives_created_by").on(t.created_by).where(sql`${t.created_by} is not null`),
    index("newsletter_archives_sent_by").on(t.sent_by).where(sql`${t.sent_by} is not null`),
    check(
      "newsletter_archives_send_status",
      sql`${t.send_status} in ('draft', 'scheduled', 'sending', 'stopped', 'sent')`,
    ),
    check("newsletter_archives_send_at", sql`(${t.send_status} = 'draft') or (${t.send_at} is not null)`),
  ],
);

/** What became of a newsletter's mail to somebody for good: its status or, if the provider said more later, its feedback. */
export const NEWSLETTER_OUTCOMES = ["sent", "failed", "withheld", "bounced", "complained"] as const;

/** Who was to get a newsletter when it was sent: frozen then. */
export const newsletter_recipients = pgTable(
  "newsletter_recipients",
  {
    newsletter_id: belongsTo(() => newsletter_archives.id, "cascade"),
    user_id: belongsTo(() => users.id, "cascade"),
    /** When its mail was written to the outbox. Null while it waits. */
    queued_at: instant(),
    /** When the person stopped wanting newsletters, if this was the last one before. A trigger notes it. */
    unsubscribed_at: instant(),
    /** What became of the mail, once the outbox has forgotten it. Null while the mail is there, which tells it itself. */
    outcome: text({ enum: NEWSLETTER_OUTCOMES }),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.newsletter_id, t.user_id] }),
    check(
      "newsletter_recipients_outcome",
      sql`${t.outcome} in ('sent', 'failed', 'withheld', 'bounced', 'complained')`,
    ),
    index("newsletter_recipients_user").on(t.user_id),
    index("newsletter_recipients_waiting").on(t.newsletter_id, t.user_id).where(sql`${t.queued_at} is null`),
  ],
);

export const financial_reports = pgTable(
  "financial_reports",
  {
    id: id(),
    title: text().notNull(),
    year: integer().notNull(),
    document_type: documenttype().notNull(),
    ...document,
  },
  (t) => [
    index("financial_reports_year").on(t.year, t.id),
    index("financial_reports_file").on(t.file_id).where(sql`${t.file_id} is not null`),
    index("financial_reports_created_by").on(t.created_by).where(sql`${t.created_by} is not null`),
    check("financial_reports_year", sql`${t.year} between 1900 and 2200`),
  ],
);

/** The rules that people accept: bylaws, the privacy notice, the code of conduct. At most one of each kind is current. */
export const bylaws_documents = pgTable(
  "bylaws_documents",
  {
    id: id(),
    kind: text({ enum: ["bylaws", "privacy_notice", "code_of_conduct"] })
      .notNull()
      .default("bylaws"),
    title: text().notNull(),
    version: text().notNull(),
    effective_on: date({ mode: "string" }).notNull(),
    current: boolean().notNull().default(false),
    /** Whether people who accepted an earlier version are asked at their next sign-in. */
    asks_again: boolean().notNull().default(false),
    document_type: documenttype().notNull(),
    ...document,
  },
  (t) => [
    uniqueIndex("bylaws_documents_one_current").on(t.kind).where(sql`${t.current}`),
    uniqueIndex("bylaws_documents_version").on(t.kind, t.version),
    index("bylaws_documents_effective").on(t.effective_on, t.id),
    index("bylaws_documents_file").on(t.file_id).where(sql`${t.file_id} is not null`),
    index("bylaws_documents_created_by").on(t.created_by).where(sql`${t.created_by} is not null`),
    check("bylaws_documents_kind", sql`${t.kind} in ('bylaws', 'privacy_notice', 'code_of_conduct')`),
    check("bylaws_documents_current_published", sql`not ${t.current} or ${t.published_at} is not null`),
  ],
);

/** Which version of the rules somebody accepted, and when. */
export const document_acceptances = pgTable(
  "document_acceptances",
  {
    user_id: belongsTo(() => users.id, "cascade"),
    document_id: belongsTo(() => bylaws_documents.id, "restrict"),
    accepted_at: instant().notNull().default(sql`now()`),
    ...timestamps,
  },
  (t) => [
    primaryKey({ columns: [t.user_id, t.document_id] }),
    index("document_acceptances_document").on(t.document_id),
  ],
);
