import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account_tokens } from "./accounts.ts";
import { id, instant, timestamps } from "./columns.ts";
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
    /** The order in which mails were written, even within one transaction. */
    queue_number: bigint({ mode: "number" }).generatedAlwaysAsIdentity(),
    /** A key is mailed once, however often its cause happens. */
    dedupe_key: text().unique(),
    status: text({ enum: ["pending", "sent", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer().notNull().default(0),
    /** A delivery that claims the row postpones this, so that no other takes it meanwhile. */
    next_attempt_at: instant().notNull().default(sql`now()`),
    last_error: text(),
    provider_message_id: text(),
    sent_at: instant(),
    ...timestamps,
  },
  (t) => [
    index("emails_due").on(t.next_attempt_at, t.id).where(sql`${t.status} = 'pending'`),
    index("emails_status_newest").on(t.status, t.created_at, t.id),
    index("emails_user").on(t.user_id),
    index("emails_account_token").on(t.account_token_id),
    check("emails_status", sql`${t.status} in ('pending', 'sent', 'failed')`),
    check("emails_sent_at", sql`(${t.status} = 'sent') = (${t.sent_at} is not null)`),
  ],
);
