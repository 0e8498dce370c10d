import { sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { users } from "../tables/people.ts";

const standard = sql`default`;

/** What erasing does to a person's row: every column that says something about them. */
export const ERASED = {
  email: null,
  email_verified: false,
  password_hash: null,
  origin: standard,
  external_id: null,
  first_name: "",
  last_name: "",
  legal_name: null,
  name_on_documents: standard,
  pronouns: null,
  birthday: null,
  address: null,
  phone: null,
  bio: null,
  photo_id: null,
  photo_uploads: standard,
  photo_uploads_since: null,
  status: "inactive",
  rejection_reason: null,
  rejected_at: null,
  rejected_by: null,
  partner_first_name: null,
  partner_last_name: null,
  partner_is_member: false,
  referred_by: null,
  language: standard,
  time_zone: null,
  photo_preference: standard,
  newsletter_consent_at: null,
  wants_event_news: standard,
  wants_reminders: standard,
  in_directory: standard,
  email_audience: standard,
  phone_audience: standard,
  address_audience: standard,
  birthday_audience: standard,
  partner_audience: standard,
  bio_audience: standard,
  photo_audience: standard,
  stripe_customer_id: null,
  taken_on_by: null,
  taken_on_at: null,
  activation_sent_at: null,
  erased_at: sql`coalesce(${users.erased_at}, now())`,
} satisfies PgUpdateSetSource<typeof users>;

/** What stays: when they came and went, and what the database itself derives from the rest. */
export const KEPT_COLUMNS = [
  "id",
  "joined_at",
  "status_since",
  "role",
  "search_text",
  "erase_at",
  "erase_wished",
  "erase_requested_by",
  "created_at",
  "updated_at",
] as const satisfies (keyof typeof users.$inferSelect)[];
